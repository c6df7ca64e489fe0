package org.openmargin.cli.run;

import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.openmargin.cli.console.Console;
import org.openmargin.cli.console.DeviceOption;
import org.openmargin.cli.console.ExitCodes;
import org.openmargin.cli.console.JsonOption;
import org.openmargin.cli.console.Overrides;
import org.openmargin.experiment.Experiment;
import org.openmargin.experiment.TrainRequest.Existing;
import org.openmargin.experiment.folder.RunException;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "train",
    header = "Train a network on the known classes, then evaluate it.",
    description = {
      "While it trains, the run folder gets the resolved experiment, provenance, metrics,",
      "TensorBoard events and checkpoints; then predictions, evaluation and a report page. Ctrl-C",
      "and SIGTERM finish the step and write a checkpoint; --resume continues from the last one."
    },
    exitCodeList = {
      ExitCodes.OK_TEXT,
      ExitCodes.USAGE_TEXT,
      ExitCodes.DATA_TEXT,
      ExitCodes.TRAINING_TEXT,
      ExitCodes.INTERNAL_TEXT
    },
    footer = {
      "  openmargin train my.textproto",
      "  openmargin train my.textproto --set training.epochs=5 --set runtime.seed=1",
      "  openmargin train --resume --run runs/mine",
      "  openmargin train --resume --run runs/mine --set training.epochs=30"
    })
public final class TrainCommand implements Callable<Integer> {
  private final Console console;

  @Parameters(
      paramLabel = "EXPERIMENT",
      arity = "0..1",
      description =
          "An experiment, as a .textproto file. With --resume, by default that of the run.")
  private Optional<Path> file;

  @Mixin private Overrides overrides;

  @Option(
      names = "--run",
      paramLabel = "DIR",
      description = "The run folder. Default: runs/<name>-<date>-<time>.")
  private Optional<Path> folder;

  @ArgGroup private OnExisting onExisting = new OnExisting();

  @Mixin private DeviceOption device;

  @Mixin private JsonOption json;

  public TrainCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    console.status().brief("reading the experiment");
    var existing = onExisting.wanted();
    if (existing == Existing.RESUME && folder.isEmpty()) {
      throw new RunException("--resume needs the folder of the run to resume: --run DIR");
    }
    var experiment = experiment(existing);
    var steps = new RunSteps(json.text(console));
    var run = steps.train(experiment, folder.orElse(RunSteps.newRunFolder(experiment)), existing);
    if (run.files().holdsEvaluation()) {
      // Training removes an older evaluation, so nothing was trained.
      console.remark("already evaluated: " + run.files().evaluation());
    } else {
      steps.evaluate(run);
    }
    json.print(console, () -> RunSteps.json(run));
    console.next("export", run.files().path().toString());
    return ExitCodes.OK;
  }

  private Experiment experiment(Existing existing) {
    var changes = overrides.with(device.overrides());
    if (file.isPresent()) {
      return Experiment.read(file.get(), changes);
    }
    if (existing != Existing.RESUME) {
      throw new RunException(
          "which experiment? Name its file: %s train my.textproto; or go on with a run: %s train --resume --run DIR"
              .formatted(console.program(), console.program()));
    }
    return Experiment.of(folder.orElseThrow(), changes);
  }

  /** What to do if the run folder holds a run. */
  static final class OnExisting {
    @Option(
        names = "--resume",
        required = true,
        description = {
          "Resume the run in --run from its last checkpoint. Only training.epochs can be raised by",
          "--set: a finished run is then trained longer."
        })
    private boolean resume;

    @Option(
        names = "--overwrite",
        required = true,
        description = "Delete the run in --run and start again. Default: refuse.")
    private boolean overwrite;

    Existing wanted() {
      if (overwrite) {
        return Existing.OVERWRITE;
      }
      return resume ? Existing.RESUME : Existing.REFUSE;
    }
  }
}
