package org.openmargin.report;

import org.openmargin.config.v1.EvaluationReport;
import org.openmargin.report.plot.Numbers;

/** The result in one sentence and five figures, for {@code verdict.jte}. */
record Verdict(EvaluationReport evaluation) {

  EvaluationReport.Decision decision() {
    return evaluation.getDecision();
  }

  boolean isOpen() {
    return evaluation.getCounts().getUnknownTest() > 0;
  }

  /** The interval as the start of a sentence; empty if there is none. */
  static String range(EvaluationReport.Interval interval) {
    return interval.hasLow() ? Numbers.perCent(ReportedScorer.interval(interval)) + "; " : "";
  }

  /**
   * Whether the rejection rate of known test images agrees with its bound: within two standard
   * errors, {@code sqrt(alpha (1 - alpha) (1/n + 1/m))} for n validation and m known test images.
   */
  boolean agreesWithBound() {
    var counts = evaluation.getCounts();
    var alpha = decision().getAlpha();
    var error =
        Math.sqrt(
            alpha * (1 - alpha) * (1.0 / counts.getValidation() + 1.0 / counts.getKnownTest()));
    return decision().getKnownRejectionRate() <= alpha + 2 * error;
  }
}
