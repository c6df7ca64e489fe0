package org.openmargin.cli.metrics;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.openmargin.cli.console.Console;
import org.openmargin.cli.console.ExitCodes;
import org.openmargin.experiment.folder.RunException;
import org.openmargin.scoring.csv.ScoresCsv;
import org.openmargin.scoring.metric.Bootstrap;
import org.openmargin.scoring.metric.ScorerMetrics;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "metrics",
    header = "Compute open-set metrics of any classifier's answers, from a CSV file.",
    description = {
      "One row per test image, columns in any order, found by their names in the first row:",
      "",
      "  label,prediction,unknown_score",
      "  cat,cat,-7.1       a known image, classified correctly",
      "  dog,cat,-2.5       a known image, misclassified",
      "  ,dog,-0.3          an image of an unknown class: its label is empty or < 0",
      "",
      "Labels are names or numbers. A prediction is the most probable known class, even if the",
      "image is rejected. The unknown score is higher for images that look more unknown: negate a",
      "probability or logit of known classes. Further columns are ignored, so the predictions.csv",
      "of a run can be read as it is.",
      "",
      "Ties are counted exactly. OSCR is the area below the curve of correct classification rate",
      "against false positive rate; oscrArplCompatible is what the evaluation code of many papers",
      "prints under that name."
    },
    exitCodeList = {
      ExitCodes.OK_TEXT,
      ExitCodes.ARGUMENTS_TEXT,
      "3:the file cannot be used; the message names line and column",
      ExitCodes.INTERNAL_TEXT
    },
    footer = {
      "  openmargin metrics answers.csv",
      "  openmargin metrics runs/mine/predictions.csv --score energy --format json",
      "  openmargin metrics - --bootstrap 0   of standard input, without intervals"
    })
public final class MetricsCommand implements Callable<Integer> {
  private final Console console;

  @Parameters(paramLabel = "FILE|-", description = "The CSV file; - reads standard input.")
  private Path file;

  @Option(
      names = "--format",
      paramLabel = "text|json",
      defaultValue = "text",
      description = "Output format; fractions, not percentages. Default: ${DEFAULT-VALUE}.")
  private Format format;

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
        "A column with the probability of the prediction, for the expected calibration error",
        "(ECE). Default: none."
      })
  private Optional<String> probability;

  @Option(
      names = "--bootstrap",
      paramLabel = "N",
      defaultValue = "" + Bootstrap.DEFAULT_RESAMPLES,
      description = {
        "Resamples for the confidence intervals of ACC, AUROC and OSCR; 0: no intervals.",
        "Default: ${DEFAULT-VALUE}."
      })
  private int resamples;

  @Option(
      names = "--seed",
      paramLabel = "S",
      defaultValue = "0",
      description = "Seed of the resamples: same seed, same intervals. Default: ${DEFAULT-VALUE}.")
  private long seed;

  @Option(
      names = "--confidence",
      paramLabel = "C",
      defaultValue = "" + Bootstrap.DEFAULT_CONFIDENCE,
      description = "Confidence of the intervals, between 0 and 1. Default: ${DEFAULT-VALUE}.")
  private double confidence;

  public MetricsCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    var bootstrap = bootstrap();
    var columns = new ScoresCsv.Columns("label", "prediction", score, probability);
    var answers = new AnswerFile(file).read(columns);
    var scores = answers.scores();
    var metrics =
        bootstrap
            .map(b -> ScorerMetrics.of(score, scores, b))
            .orElseGet(() -> ScorerMetrics.of(score, scores));
    var measured = new MeasuredFile(answers, metrics);
    switch (format) {
      case TEXT -> new MetricsTable(console).print(measured);
      case JSON -> console.line(MetricsJson.of(measured));
    }
    return ExitCodes.OK;
  }

  private Optional<Bootstrap> bootstrap() {
    try {
      return resamples == 0
          ? Optional.empty()
          : Optional.of(new Bootstrap(resamples, seed, confidence));
    } catch (IllegalArgumentException e) {
      throw new RunException("--bootstrap and --confidence: " + e.getMessage(), e);
    }
  }

  enum Format {
    TEXT,
    JSON;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
