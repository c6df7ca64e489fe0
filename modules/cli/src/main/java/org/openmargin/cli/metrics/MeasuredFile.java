package org.openmargin.cli.metrics;

import org.openmargin.scoring.csv.ScoresCsv;
import org.openmargin.scoring.metric.Accuracy;
import org.openmargin.scoring.metric.ScorerMetrics;

/**
 * Result of {@code openmargin metrics}.
 *
 * @param answers the rows
 * @param metrics of their scores
 */
record MeasuredFile(ScoresCsv.Answers answers, ScorerMetrics metrics) {

  /** Why open-set metrics are missing. */
  static final String NO_UNKNOWN_ROWS =
      "no row of an unknown class; its label would be empty or negative";

  int knownImages() {
    return answers.scores().known().length;
  }

  int unknownImages() {
    return answers.scores().unknown().length;
  }

  double acc() {
    return Accuracy.of(answers.scores().correct());
  }
}
