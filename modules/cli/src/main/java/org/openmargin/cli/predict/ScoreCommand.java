package org.openmargin.cli.predict;

import com.google.gson.JsonObject;
import java.nio.file.Path;
import java.time.Clock;
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
import org.openmargin.inference.FileClassifier;
import org.openmargin.inference.archive.AnswerFormat;
import org.openmargin.inference.archive.ArchiveFiles;
import org.openmargin.inference.archive.ArchiveScoring;
import org.openmargin.inference.archive.Audit;
import org.openmargin.inference.archive.ScoringPlan;
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
      "when the command is repeated: the shards that are done lie in OUT.parts beside OUT."
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
      "  openmargin score savedmodels/mine/2 files.txt --out answers.jsonl"
    })
public final class ScoreCommand implements Callable<Integer> {
  private final Console console;

  @Mixin private ModelArgument model;

  @Parameters(
      index = "1",
      paramLabel = "DIR|MANIFEST",
      description = {
        "A folder, searched at any depth; or a list of files: a .csv file with a column file, or",
        "text with a path per line, relative to the list."
      })
  private Path archive;

  @Option(
      names = "--out",
      required = true,
      paramLabel = "OUT",
      description = "The file of answers: .csv, or .jsonl for a JSON object per line.")
  private Path out;

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
    var format = AnswerFormat.of(out);
    RunPlace.requireWritable(out.toAbsolutePath().getParent());
    var log = audit.log();
    var found = ArchiveFiles.in(archive);
    if (!found.skipped().isEmpty()) {
      console.remark(found.skipped());
    }
    console.status().brief("loading the model");
    var models = new ModelLoader(device.choice(), new Notices(console));
    try (var classifier = models.load(model.require(console))) {
      var plan = new ScoringPlan(archive, Audit.of(model.path(), classifier), format);
      var files = FileClassifier.of(classifier);
      var outcome =
          new ArchiveScoring(files, console.status(), Clock.systemUTC())
              .score(plan, found.files(), out);
      log.ifPresent(
          l -> {
            var decision = "%d answers, whose file is the input".formatted(outcome.files());
            l.add(
                new AuditOption.Event(
                    "score", AuditOption.Model.of(model.path()), l.digest(out), decision));
          });
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

  private JsonObject json(ArchiveScoring.Outcome outcome) {
    var results = new JsonObject();
    results.addProperty("out", out.toString());
    results.addProperty("files", outcome.files());
    results.addProperty("resumed", outcome.resumed());
    return results;
  }
}
