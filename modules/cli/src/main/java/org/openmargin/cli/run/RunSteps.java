package org.openmargin.cli.run;

import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import org.openmargin.cli.console.Console;
import org.openmargin.cli.console.Notices;
import org.openmargin.cli.console.ShellWords;
import org.openmargin.cli.console.StopSignal;
import org.openmargin.experiment.EvaluateRequest;
import org.openmargin.experiment.Experiment;
import org.openmargin.experiment.Run;
import org.openmargin.experiment.TrainRequest;
import org.openmargin.report.EvaluationText;
import org.openmargin.serving.OpenSetClassifier;
import org.openmargin.trainer.listener.ConsoleProgress;
import org.openmargin.trainer.RunListener;

/** Trains, evaluates and exports, and prints the results. */
final class RunSteps {
  private static final DateTimeFormatter SECONDS =
      DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss", Locale.ROOT);

  private final Console console;
  private final Notices notices;

  RunSteps(Console console) {
    this.console = console;
    this.notices = new Notices(console);
  }

  /** {@code runs/<experiment>-<time>}. */
  static Path newRunFolder(Experiment experiment) {
    return newFolder("runs", experiment);
  }

  /** {@code <parent>/<experiment>-<time>}. */
  static Path newFolder(String parent, Experiment experiment) {
    return Path.of(
        parent,
        experiment.name() + "-" + SECONDS.format(LocalDateTime.now(ZoneId.systemDefault())));
  }

  Run train(Experiment experiment, Path folder, TrainRequest.Existing existing) {
    var progress = new ConsoleProgress(console.out(), console.terminal());
    var goOn = console.program() + " train --resume --run " + ShellWords.of(folder.toString());
    var signal = new StopSignal(console, goOn);
    var listeners = List.of(where(folder), signal.listener(), progress);
    var request = new TrainRequest(folder, existing, listeners);
    return signal.during(() -> experiment.withNotices(notices).train(request));
  }

  /** Relative to the working directory, if below it. */
  private static Path asTyped(Path path) {
    var here = Path.of("").toAbsolutePath();
    return path.startsWith(here) ? here.relativize(path) : path;
  }

  /** Prints the run folder once the run exists. */
  private RunListener where(Path folder) {
    return new RunListener() {
      @Override
      public void started(Start start) {
        console.line("run folder: " + folder);
      }
    };
  }

  void evaluate(Run run) {
    evaluate(run, EvaluateRequest.DEFAULT);
  }

  void evaluate(Run run, EvaluateRequest request) {
    console.line("evaluating");
    var lines = EvaluationText.lines(run.with(e -> e.withNotices(notices)).evaluate(request));
    console.line("");
    lines.forEach(console::line);
    console.line("");
    console.line("report       " + run.files().report());
    console.line("numbers      " + run.files().evaluation());
    console.line("predictions  " + run.files().predictions());
  }

  Path export(Run run, Path base, OptionalLong version) {
    console.line("exporting; the SavedModel must give the same answers as the evaluation");
    var model = asTyped(run.with(e -> e.withNotices(notices)).export(base, version));
    console.line("SavedModel   " + model);
    return model;
  }

  /** An exported model, on the device of the run. */
  OpenSetClassifier load(Run run, Path model) {
    return run.with(e -> e.withNotices(notices)).load(model);
  }
}
