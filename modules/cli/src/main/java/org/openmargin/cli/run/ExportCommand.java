package org.openmargin.cli.run;

import com.google.gson.JsonObject;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import org.openmargin.cli.audit.AuditOption;
import org.openmargin.cli.calibration.DecisionOptions;
import org.openmargin.cli.console.Console;
import org.openmargin.cli.console.ExitCodes;
import org.openmargin.cli.console.JsonOption;
import org.openmargin.experiment.DecisionChoice;
import org.openmargin.experiment.ModelRequest;
import org.openmargin.serving.ExampleImages;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "export",
    header = "Write a run as a SavedModel for TensorFlow Serving.",
    description = {
      "Writes DIR/<name>/<version>. The model takes pixels, or PNG and JPEG files of any size, and",
      "returns class, unknown score and whether to reject. The export is loaded again and compared",
      "with the run's evaluation; if they differ, it is refused and nothing is left behind."
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
      "  openmargin export runs/mine",
      "  openmargin export runs/mine --to /srv/models --version 3",
      "  openmargin export runs/mine --frozen",
      "  openmargin export runs/mine --class-conditional --temperature",
      "  openmargin export runs/mine --golden-images real",
      "  openmargin export runs/mine --set export.name=blood --set export.alpha=0.01"
    })
public final class ExportCommand implements Callable<Integer> {
  private final Console console;

  @Parameters(paramLabel = "RUN", description = "The folder of an evaluated run.")
  private Path folder;

  @Option(
      names = "--to",
      paramLabel = "DIR",
      defaultValue = "savedmodels",
      description = "Folder for all models. Default: ${DEFAULT-VALUE}.")
  private Path base;

  @Option(
      names = "--version",
      paramLabel = "N",
      description = "Version number. Default: one more than the highest.")
  private Optional<Long> version;

  @Option(
      names = "--golden-images",
      paramLabel = "KIND",
      defaultValue = "drawn",
      description = {
        "The images stored with the model for its self-test: drawn (noise and shapes), or real",
        "(test images, pixel for pixel: they leave with the model). Default: ${DEFAULT-VALUE}."
      })
  private ExampleImages examples;

  @Option(
      names = "--frozen",
      description = {
        "Weights as constants, batch norms folded into the kernels: smaller, faster, and what ONNX,",
        "OpenVINO and OpenCV read. Equal to the evaluation within 1e-4 instead of bit for bit."
      })
  private boolean frozen;

  @Mixin private DecisionOptions decision;

  @Mixin private OpenedRun opened;

  @Mixin private AuditOption audit;

  @Mixin private JsonOption json;

  public ExportCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    var log = audit.log();
    var run = opened.in(folder);
    var number = version.map(OptionalLong::of).orElse(OptionalLong.empty());
    var choice = new DecisionChoice(decision.byClass(), decision.temperature());
    var model =
        new RunSteps(json.text(console))
            .export(run, new ModelRequest(base, number, examples, frozen, choice));
    log.ifPresent(
        l -> {
          var input = l.digest(run.files().provenance());
          l.add(new AuditOption.Event("export", AuditOption.Model.of(model), input, "exported"));
        });
    json.print(console, () -> json(model));
    console.remark("the SavedModel gives the same answers as the evaluation");
    console.next("predict", model.toString(), "IMAGE...");
    return ExitCodes.OK;
  }

  private JsonObject json(Path model) {
    var json = new JsonObject();
    json.addProperty("run", folder.toString());
    json.addProperty("model", model.toString());
    json.addProperty("name", String.valueOf(model.toAbsolutePath().getParent().getFileName()));
    json.addProperty("version", Long.parseLong(String.valueOf(model.getFileName())));
    return json;
  }
}
