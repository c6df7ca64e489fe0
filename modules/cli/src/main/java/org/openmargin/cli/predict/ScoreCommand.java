package org.openmargin.cli.predict;

import com.google.gson.JsonObject;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.Callable;
import org.openmargin.cli.audit.AuditOption;
import org.openmargin.cli.console.Console;
import org.openmargin.cli.console.ExitCodes;
import org.openmargin.cli.console.JsonOption;
import org.openmargin.cli.console.ModelDeviceOption;
import org.openmargin.cli.console.Notices;
import org.openmargin.cli.console.PluginOption;
import org.openmargin.experiment.ModelLoader;
import org.openmargin.experiment.folder.RunPlace;
import org.openmargin.experiment.wiring.runtime.RuntimeEnvironment;
import org.openmargin.experiment.wiring.runtime.RuntimeRequest;
import org.openmargin.inference.FileClassifier;
import org.openmargin.inference.archive.AnswerFormat;
import org.openmargin.inference.archive.ArchiveFiles;
import org.openmargin.inference.archive.ArchiveScoring;
import org.openmargin.inference.archive.ScoringPlan;
import org.openmargin.runtime.RuntimeSettings;
import org.openmargin.serving.archive.Audit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "score",
    header = "Answer a whole archive of images into one file, resumably.",
    description = {
      "Each file is a row: the answer, or the reason why there is none; with the model's digest and",
      "version, the threshold and the time. A run that was stopped or killed goes on where it was",
      "when the command is repeated: the shards that are done lie in OUT.parts beside OUT. With --on,",
      "a cluster answers, with the same table: it appears whole, or not at all."
    },
    exitCodeList = {
      ExitCodes.OK_TEXT,
      ExitCodes.ARGUMENTS_TEXT,
      ExitCodes.DATA_TEXT,
      ExitCodes.EXPORT_TEXT,
      ExitCodes.INTERNAL_TEXT
    },
    footer = {
      "  openmargin score savedmodels/mine archive/ --out answers.csv",
      "  openmargin score savedmodels/mine/2 files.txt --out answers.jsonl",
      "  openmargin score savedmodels/mine archive/ --out answers.parquet --on local[*]"
    })
public final class ScoreCommand implements Callable<Integer> {
  private final Console console;

  @Parameters(
      index = "0",
      paramLabel = "SAVEDMODEL",
      converter = Place.Argument.class,
      description = "A model's folder (its highest version is used), or one version in it.")
  private Place model;

  @Parameters(
      index = "1",
      paramLabel = "DIR|MANIFEST",
      converter = Place.Argument.class,
      description = {
        "A folder, searched at any depth; or a list of files: a table (CSV) with a column file, or",
        "text with a path per line, relative to the list. With --on also Parquet, with a column of bytes."
      })
  private Place archive;

  @Option(
      names = "--out",
      required = true,
      paramLabel = "OUT",
      converter = Place.Argument.class,
      description = {
        "The answers: .csv, .jsonl for a JSON object per line, or .parquet for a folder of Parquet files,",
        "which hold the probabilities, too."
      })
  private Place out;

  @Mixin private SparkOptions spark;

  @Mixin private ModelDeviceOption device;

  @Mixin
  @SuppressWarnings("UnusedVariable") // PluginJars looks at what was parsed
  private PluginOption plugins;

  @Mixin private AuditOption audit;

  @Mixin private JsonOption json;

  public ScoreCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    var master = spark.master();
    if (master.isPresent()) {
      return onCluster(master.get());
    }
    spark.requireMaster();
    return here(model.path(), archive.path(), out.path());
  }

  private int onCluster(String master) {
    var log = audit.log();
    if (log.isPresent()) {
      out.path();
    }
    var outcome = new ClusterScoring(spark, List.of(model, archive), out).run(master);
    if (outcome.code() == ExitCodes.OK) {
      log.ifPresent(l -> record(l, model.path(), out.path(), outcome.files()));
      json.text(console).print("%s: %,d files %s", out, outcome.files(), outcome.reasons());
      json.print(console, () -> json(outcome));
    } else {
      console.error(
          "Spark ended with exit code %d; what it printed says why".formatted(outcome.code()));
    }
    return outcome.code();
  }

  private int here(Path model, Path archive, Path out) {
    var format = AnswerFormat.of(out);
    RunPlace.requireWritable(out.toAbsolutePath().getParent());
    var log = audit.log();
    var found = ArchiveFiles.in(archive);
    if (!found.skipped().isEmpty()) {
      console.remark(found.skipped());
    }
    console.status().brief("loading the model");
    try (var classifier = loader().load(ExportedModel.require(model, console))) {
      var plan = new ScoringPlan(archive, Audit.of(model, classifier), format);
      var files = FileClassifier.inFixedBatches(classifier);
      var outcome =
          new ArchiveScoring(files, console.status(), Clock.systemUTC())
              .score(plan, found.files(), out);
      log.ifPresent(l -> record(l, model, out, outcome.files()));
      json.text(console)
          .print(
              "%s: %,d files%s",
              out,
              outcome.files(),
              outcome.resumed() > 0 ? ", %,d of them before".formatted(outcome.resumed()) : "");
      json.print(console, () -> json(outcome));
    }
    return ExitCodes.OK;
  }

  /** A thread per batch, as on a cluster, so that answers are the same bit by bit. */
  private ModelLoader loader() {
    var request =
        new RuntimeRequest(
            device.choice(), RuntimeSettings.CPU_OF_CALLER, RuntimeEnvironment.DEFAULT);
    return new ModelLoader(request, new Notices(console));
  }

  private static void record(AuditOption.Log log, Path model, Path out, long files) {
    var decision = "%d answers, whose file is the input".formatted(files);
    log.add(new AuditOption.Event("score", AuditOption.Model.of(model), log.digest(out), decision));
  }

  private JsonObject json(ArchiveScoring.Outcome outcome) {
    var results = new JsonObject();
    results.addProperty("out", out.toString());
    results.addProperty("files", outcome.files());
    results.addProperty("resumed", outcome.resumed());
    return results;
  }

  private JsonObject json(ClusterScoring.Outcome outcome) {
    var results = new JsonObject();
    results.addProperty("out", out.toString());
    results.addProperty("files", outcome.files());
    var reasons = new JsonObject();
    outcome.reasons().forEach(reasons::addProperty);
    results.add("reasons", reasons);
    return results;
  }
}
