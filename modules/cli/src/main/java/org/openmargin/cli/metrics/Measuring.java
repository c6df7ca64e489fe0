package org.openmargin.cli.metrics;

import static java.util.stream.Collectors.joining;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.openmargin.cli.console.Console;
import org.openmargin.files.ShellWord;
import org.openmargin.scoring.metric.Bootstrap;
import org.openmargin.scoring.metric.Metric;
import org.openmargin.scoring.metric.ScorerMetrics;

/**
 * From files of answers to their metrics.
 *
 * @param bootstrap for intervals; empty for none
 */
record Measuring(Console console, AnswerColumns columns, Optional<Bootstrap> bootstrap) {

  /**
   * The metrics of one file; warns of labels that seem to mean unknown, and of a score that seems
   * to be of the other sign.
   */
  MeasuredFile of(Path path, String score) {
    var answers = new AnswerFile(path).read(columns.named(score));
    if (columns.higherIsKnown()) {
      answers = answers.negated();
    }
    warnOfLabels(path, answers.neverPredicted());
    var scores = answers.scores();
    var metrics =
        bootstrap
            .map(b -> ScorerMetrics.of(score, scores, b))
            .orElseGet(() -> ScorerMetrics.of(score, scores));
    metrics.measured(Metric.AUROC).ifPresent(auroc -> warnOfSign(score, auroc));
    return new MeasuredFile(answers, metrics);
  }

  private void warnOfLabels(Path file, List<String> neverPredicted) {
    if (!neverPredicted.isEmpty()) {
      console.remark(
          "warning: %s: no prediction is %s: are these labels of unknown classes? Then give --unknown-label %s"
              .formatted(
                  file,
                  neverPredicted.stream().limit(5).collect(joining(", "))
                      + (neverPredicted.size() > 5 ? ", ..." : ""),
                  ShellWord.of(neverPredicted.get(0))));
    }
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
