package org.openmargin.cli.predict;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.openmargin.cli.audit.AuditOption;
import org.openmargin.cli.console.Console;
import org.openmargin.cli.console.ExitCodes;
import org.openmargin.cli.console.ModelDeviceOption;
import org.openmargin.cli.console.Notices;
import org.openmargin.cli.console.PluginOption;
import org.openmargin.experiment.ModelLoader;
import org.openmargin.experiment.folder.RunException;
import org.openmargin.serving.FileModel;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "predict",
    header = "Classify images with a SavedModel: a known class, or unknown.",
    description = {
      "Prints why an image is rejected: its unknown score is above the threshold, or the input is",
      "unusual, unlike any image of the training. At the end, a line per folder on standard error.",
      "Images may have any size: the model crops and resizes them itself. An image that cannot be",
      "decoded gets a line on standard error, and the exit code is 3; all others are answered."
    },
    exitCodeList = {
      ExitCodes.OK_TEXT,
      ExitCodes.ARGUMENTS_TEXT,
      ExitCodes.DATA_TEXT,
      ExitCodes.EXPORT_TEXT,
      ExitCodes.INTERNAL_TEXT
    },
    footer = {
      "  openmargin predict savedmodels/mine image.png",
      "  openmargin predict savedmodels/mine/2 images/ --format csv > answers.csv",
      "  openmargin predict mine images/ --serving localhost:8500"
    })
public final class PredictCommand implements Callable<Integer> {
  private final Console console;

  @Parameters(
      index = "0",
      paramLabel = "SAVEDMODEL",
      description = {
        "A model's folder (its highest version is used), or one version in it;",
        "with --serving, its name on the server."
      })
  private Path model;

  @Parameters(
      index = "1..*",
      arity = "1..*",
      paramLabel = "IMAGE|DIR",
      description = ModelAndImages.IMAGES)
  private List<Path> images;

  @Option(
      names = "--format",
      paramLabel = "table|csv|jsonl",
      defaultValue = "table",
      description = "Output format; jsonl: a JSON object per line. Default: ${DEFAULT-VALUE}.")
  private Format format;

  @Option(
      names = "--threshold",
      paramLabel = "X",
      description = {
        "Reject images whose unknown score is above X.",
        "Default: the model's own; assets.extra/open_set.json lists others."
      })
  private Optional<Double> threshold;

  @Mixin private ModelDeviceOption device;

  @Mixin
  @SuppressWarnings("UnusedVariable") // PluginJars looks at what was parsed
  private PluginOption plugins;

  @Mixin private AuditOption audit;

  @Mixin private ServingOptions serving;

  public PredictCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    if (threshold.filter(x -> !Double.isFinite(x)).isPresent()) {
      throw new RunException(
          "--threshold is %s, must be a finite number".formatted(threshold.get()));
    }
    var own = threshold.map(OptionalDouble::of).orElse(OptionalDouble.empty());
    var answers = new SummarizedAnswers(writer(), images);
    var accounted = accounted(answers);
    var source = serving.given() ? server() : folder();
    var code = new Prediction(console, accounted, own).run(source, images);
    console.remark("");
    answers.summary(console::remark, console::remark);
    return code;
  }

  /** Answers that an audit log holds, if there is one. */
  private AnswerWriter accounted(AnswerWriter answers) {
    return audit
        .log()
        .<AnswerWriter>map(log -> new AuditedAnswers(answers, log, audited()))
        .orElse(answers);
  }

  private AuditOption.Model audited() {
    if (serving.given()) {
      throw new RunException(
          "--audit names the digest of the model's files, which a server does not tell: give the exported model in place of --serving");
    }
    return AuditOption.Model.of(ExportedModel.require(model, console));
  }

  private Supplier<FileModel> folder() {
    var models = new ModelLoader(device.choice(), new Notices(console));
    var known = ExportedModel.require(model, console);
    console.status().brief("loading the model");
    return () -> models.load(known);
  }

  private Supplier<FileModel> server() {
    console.status().brief("asking the server");
    return () -> serving.connect(model);
  }

  private AnswerWriter writer() {
    return switch (format) {
      case TABLE -> new AnswerTable(console);
      case CSV -> new AnswerCsv(console);
      case JSONL -> new AnswerJsonLines(console);
    };
  }

  enum Format {
    TABLE,
    CSV,
    JSONL;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
