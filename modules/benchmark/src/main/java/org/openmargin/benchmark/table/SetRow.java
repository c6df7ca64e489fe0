package org.openmargin.benchmark.table;

import java.util.Collection;
import java.util.function.ToDoubleFunction;

/**
 * How a decision answers a set of images, as fractions; NaN where it was not measured.
 *
 * @param acc share of all images whose class is right
 * @param acceptedAcc share of the accepted images whose class is right
 * @param rejected share answered "unknown"
 * @param auroc against the known test images
 */
public record SetRow(double acc, double acceptedAcc, double rejected, double auroc) {

  /** The mean of each figure over the rows that have it. */
  static SetRow mean(Collection<SetRow> rows) {
    return new SetRow(
        mean(rows, SetRow::acc),
        mean(rows, SetRow::acceptedAcc),
        mean(rows, SetRow::rejected),
        mean(rows, SetRow::auroc));
  }

  private static double mean(Collection<SetRow> rows, ToDoubleFunction<SetRow> figure) {
    return rows.stream()
        .mapToDouble(figure)
        .filter(value -> !Double.isNaN(value))
        .average()
        .orElse(Double.NaN);
  }
}
