package org.openmargin.cli.metrics;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.openmargin.cli.console.Console;
import org.openmargin.cli.console.ExitCodes;
import org.openmargin.data.DataException;
import org.openmargin.experiment.folder.RunException;
import org.openmargin.scoring.metric.PairedBootstrap;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
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
      "  ,dog,-0.3          an image of an unknown class: its label is empty or negative",
      "",
      "Labels are names or numbers. A prediction is the most probable known class, even if the",
      "image is rejected. The unknown score is higher for images that look more unknown; for a",
      "probability or logit of known classes, give --higher-is-known. Further columns are ignored,",
      "so the predictions.csv of a run can be read as it is.",
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
      "  openmargin metrics answers.csv --label y_true --prediction y_pred --score msp",
      "  openmargin metrics one.csv other.csv --report metrics.html",
      "  openmargin metrics answers.csv --curves curves.csv",
      "  openmargin metrics - --bootstrap 0   of standard input, without intervals"
    })
public final class MetricsCommand implements Callable<Integer> {
  private final Console console;

  @Parameters(
      index = "0",
      paramLabel = "FILE|-",
      description = "The CSV file; - reads standard input.")
  private Path file;

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "OTHER",
      description = {
        "A second file about the same images in the same order, or the same file with",
        "--other-score: how it differs, by a paired bootstrap."
      })
  private Optional<Path> other;

  @Option(
      names = "--format",
      paramLabel = "text|json",
      defaultValue = "text",
      description = "Output format; fractions, not percentages. Default: ${DEFAULT-VALUE}.")
  private Format format;

  @Option(names = "--json", description = "The same as --format json.")
  private boolean json;

  @Mixin private AnswerColumns columns;

  @Option(
      names = "--other-score",
      paramLabel = "COLUMN",
      description = "The column of unknown scores in OTHER. Default: that of --score.")
  private Optional<String> otherScore;

  @Option(
      names = "--curves",
      paramLabel = "FILE",
      description = "Write the points of ROC and OSCR curve to this CSV file: curve,x,y.")
  private Optional<Path> curves;

  @Option(
      names = "--report",
      paramLabel = "FILE",
      description = "Write metrics and curves to this HTML page, which works offline.")
  private Optional<Path> report;

  @Mixin private BootstrapOptions intervals;

  public MetricsCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    var measuring = new Measuring(console, columns, intervals.bootstrap());
    console.status().brief("reading answers");
    var first = measuring.of(file, columns.score());
    if (curves.isPresent() || report.isPresent() || other.isPresent()) {
      requireUnknown(first);
    }
    curves.ifPresent(to -> CurvesCsv.write(to, first.answers().scores()));
    var files = new ArrayList<MetricsPage.Entry>();
    files.add(new MetricsPage.Entry(file + ", " + columns.score(), first));
    if (other.isPresent()) {
      var score = otherScore.orElse(columns.score());
      var second = measuring.of(other.get(), score);
      files.add(new MetricsPage.Entry(other.get() + ", " + score, second));
      compare(first, second);
    } else if (isJson()) {
      console.json(MetricsJson.object(first));
    } else {
      new MetricsTable(console).print(first);
    }
    report.ifPresent(page -> new MetricsPage(files).write(page));
    return ExitCodes.OK;
  }

  private static void requireUnknown(MeasuredFile measured) {
    if (measured.unknownImages() == 0) {
      throw new DataException(
          "curves and comparisons need images of unknown classes: " + MeasuredFile.NO_UNKNOWN_ROWS);
    }
  }

  private boolean isJson() {
    return json || format == Format.JSON;
  }

  private void compare(MeasuredFile first, MeasuredFile second) {
    if (!first.answers().labels().equals(second.answers().labels())) {
      throw new DataException(
          "%s and %s are not about the same images in the same order: their labels differ"
              .formatted(file, other.orElseThrow()));
    }
    var resampling =
        intervals
            .bootstrap()
            .orElseThrow(() -> new RunException("--bootstrap is 0: a comparison needs resamples"));
    var differences =
        new PairedBootstrap(resampling).of(first.answers().scores(), second.answers().scores());
    var pairing = new Pairing(first, second, differences);
    if (isJson()) {
      console.json(pairing.json());
    } else {
      pairing.print(console);
      console.line("");
      console.line(MetricsTable.brackets(resampling) + ", paired by image");
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
