package org.openmargin.cli;

import org.openmargin.scoring.Accuracy;
import org.openmargin.scoring.ScorerMetrics;
import org.openmargin.scoring.ScoresCsv;

/**
 * What {@code openmargin metrics} found.
 *
 * @param answers the rows
 * @param metrics of their scores
 */
record MeasuredFile(ScoresCsv.Answers answers, ScorerMetrics metrics) {

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
