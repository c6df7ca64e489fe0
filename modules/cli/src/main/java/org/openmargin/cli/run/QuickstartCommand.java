package org.openmargin.cli.run;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.Callable;
import org.openmargin.cli.console.Console;
import org.openmargin.cli.console.DeviceOption;
import org.openmargin.cli.console.ExitCodes;
import org.openmargin.cli.console.Overrides;
import org.openmargin.cli.predict.AnswerTable;
import org.openmargin.cli.predict.Prediction;
import org.openmargin.experiment.ModelRequest;
import org.openmargin.experiment.Quickstart;
import org.openmargin.experiment.TrainRequest.Existing;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "quickstart",
    header = "Train, evaluate, export and predict once. Nothing to download.",
    description = {
      "A ResNet learns four of eight kinds of drawn blood cells and rejects the other four; then",
      "the exported model classifies newly drawn cells. About two minutes on two cores."
    },
    exitCodeList = {
      ExitCodes.OK_TEXT,
      ExitCodes.USAGE_TEXT,
      ExitCodes.DATA_TEXT,
      ExitCodes.TRAINING_TEXT,
      ExitCodes.EXPORT_TEXT,
      ExitCodes.INTERNAL_TEXT
    },
    footer = {
      "  openmargin quickstart",
      "  openmargin quickstart --set training.epochs=2 --run runs/short"
    })
public final class QuickstartCommand implements Callable<Integer> {
  private final Console console;

  @Option(
      names = "--run",
      paramLabel = "DIR",
      description = "The run folder. Default: runs/quickstart-<date>-<time>.")
  private Optional<Path> folder;

  @Option(
      names = "--to",
      paramLabel = "DIR",
      defaultValue = "savedmodels",
      description = "Folder for all models. Default: ${DEFAULT-VALUE}.")
  private Path base;

  @Mixin private Overrides overrides;

  @Mixin private DeviceOption device;

  public QuickstartCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    console.status().begin("drawing cells");
    var experiment = Quickstart.experiment(overrides.with(device.overrides()));
    var steps = new RunSteps(console);
    var run =
        steps.train(experiment, folder.orElse(RunSteps.newRunFolder(experiment)), Existing.REFUSE);
    steps.evaluate(run);
    console.line("");
    var model = steps.export(run, ModelRequest.in(base));
    var images = run.files().path().resolve("new-images");
    Quickstart.drawNewImages(experiment, images);
    console.line("");
    console.line("newly drawn cells; the file names say what they show:");
    console.line("");
    var prediction = new Prediction(console, new AnswerTable(console), OptionalDouble.empty());
    var code = prediction.run(() -> steps.load(run, model), List.of(images));
    sayWhereEverythingIs(run.files().path(), model, images);
    return code;
  }

  private void sayWhereEverythingIs(Path run, Path model, Path images) {
    console.line("");
    console.line("run folder   " + run);
    console.line("report       " + run.resolve("report.html"));
    console.line("SavedModel   " + model);
    console.line("new images   " + images);
    console.line("");
    console.next("predict", model.toString(), "IMAGE...");
    console.next("config", "init", "my.textproto");
    console.next("train", "my.textproto");
  }
}
