package org.openmargin.cli.metrics;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.openmargin.scoring.csv.ScoresCsv;
import picocli.CommandLine.Option;

/** The names of the columns of a file of answers. */
final class AnswerColumns {
  @Option(
      names = "--label",
      paramLabel = "COLUMN",
      defaultValue = "label",
      description = "The column of true classes. Default: ${DEFAULT-VALUE}.")
  private String label;

  @Option(
      names = "--prediction",
      paramLabel = "COLUMN",
      defaultValue = "prediction",
      description = "The column of predicted known classes. Default: ${DEFAULT-VALUE}.")
  private String prediction;

  @Option(
      names = "--score",
      paramLabel = "COLUMN",
      defaultValue = "unknown_score",
      description = "The column of unknown scores. Default: ${DEFAULT-VALUE}.")
  private String score;

  @Option(
      names = "--probability",
      paramLabel = "COLUMN",
      description = {
        "A column with the probability of the prediction, for the expected calibration",
        "error (ECE). Default: none."
      })
  private Optional<String> probability;

  @Option(
      names = "--unknown-label",
      paramLabel = "WORD",
      description = {
        "A label that means unknown, such as NA or other, besides empty ones and negative",
        "numbers. Repeatable."
      })
  private List<String> unknownLabels = new ArrayList<>();

  @Option(
      names = "--higher-is-known",
      description = "The score is higher for known images, as a probability or a logit is.")
  private boolean higherIsKnown;

  String score() {
    return score;
  }

  boolean higherIsKnown() {
    return higherIsKnown;
  }

  ScoresCsv.Columns named() {
    return named(score);
  }

  /** With another column of scores. */
  ScoresCsv.Columns named(String otherScore) {
    return new ScoresCsv.Columns(
        label, prediction, otherScore, probability, Set.copyOf(unknownLabels));
  }
}
