package org.openmargin.exporter;

import java.util.Locale;

/** How a SavedModel holds the weights. */
public enum WeightForm {
  /** As variables: the model's answers equal the evaluation's bit for bit. */
  VARIABLES(0),
  /**
   * As constants, with batch norms folded into the kernels: smaller, faster, and what other
   * runtimes read. Numbers differ by rounding.
   */
  FROZEN(1e-4);

  private final double tolerance;

  WeightForm(double tolerance) {
    this.tolerance = tolerance;
  }

  /**
   * How far a number of the exported model may be from the evaluation's, as a part of the largest
   * number beside it, or of 1.
   */
  public double tolerance() {
    return tolerance;
  }

  /** As written in {@code open_set.json}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
