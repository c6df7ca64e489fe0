package org.openmargin.cli.metrics;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import org.openmargin.cli.console.Console;
import org.openmargin.scoring.csv.ScoresCsv;
import org.openmargin.scoring.metric.Bootstrap;
import org.openmargin.scoring.metric.Metric;
import org.openmargin.scoring.metric.ScorerMetrics;

/**
 * From files of answers to their metrics.
 *
 * @param bootstrap for intervals; empty for none
 */
record Measuring(Console console, AnswerColumns columns, Optional<Bootstrap> bootstrap) {

  /** The metrics of one file; warns if the score seems to be of the other sign. */
  MeasuredFile of(Path path, String score) {
    var answers = new AnswerFile(path).read(columns.named(score));
    if (columns.higherIsKnown()) {
      answers = new ScoresCsv.Answers(answers.scores().negated(), answers.ece(), answers.labels());
    }
    var scores = answers.scores();
    var metrics =
        bootstrap
            .map(b -> ScorerMetrics.of(score, scores, b))
            .orElseGet(() -> ScorerMetrics.of(score, scores));
    metrics.measured(Metric.AUROC).ifPresent(auroc -> warnOfSign(score, auroc));
    return new MeasuredFile(answers, metrics);
  }

  private void warnOfSign(String score, double auroc) {
    if (auroc < 0.5) {
      console.remark(
          String.format(
              Locale.ROOT,
              columns.higherIsKnown()
                  ? "warning: AUROC %.4f is below 0.5: is '%s' higher for unknown images? Then leave out --higher-is-known"
                  : "warning: AUROC %.4f is below 0.5: is '%s' higher for known images, as a probability is? Then give --higher-is-known",
              auroc,
              score));
    }
  }
}
