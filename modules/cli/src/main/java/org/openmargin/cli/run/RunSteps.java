package org.openmargin.cli.run;

import com.google.gson.JsonObject;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import org.openmargin.cli.console.Console;
import org.openmargin.cli.console.Json;
import org.openmargin.cli.console.Notices;
import org.openmargin.cli.console.StopSignal;
import org.openmargin.experiment.EvaluateRequest;
import org.openmargin.experiment.Experiment;
import org.openmargin.experiment.ModelRequest;
import org.openmargin.experiment.Run;
import org.openmargin.experiment.TrainRequest;
import org.openmargin.files.ShellWord;
import org.openmargin.report.EvaluationText;
import org.openmargin.serving.OpenSetClassifier;
import org.openmargin.trainer.RunListener;

/** Trains, evaluates and exports, and prints the results. */
public final class RunSteps {
  private static final DateTimeFormatter SECONDS =
      DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss", Locale.ROOT);

  private final Console console;
  private final Notices notices;

  public RunSteps(Console console) {
    this.console = console;
    this.notices = new Notices(console);
  }

  /** {@code runs/<experiment>-<time>}. */
  public static Path newRunFolder(Experiment experiment) {
    return newFolder("runs", experiment);
  }

  /** {@code <parent>/<experiment>-<time>}. */
  static Path newFolder(String parent, Experiment experiment) {
    return Path.of(
        parent,
        experiment.name() + "-" + SECONDS.format(LocalDateTime.now(ZoneId.systemDefault())));
  }

  Run train(Experiment experiment, Path folder, TrainRequest.Existing existing) {
    var goOn = console.program() + " train --resume --run " + ShellWord.of(folder);
    var signal = new StopSignal(console, goOn);
    var listeners = List.of(where(folder), signal.listener(), progress());
    var request = new TrainRequest(folder, existing, listeners);
    return signal.during(() -> notices.shown(experiment).train(request));
  }

  /** Shows the progress of a training, unless the console is quiet. */
  public RunListener progress() {
    return console.quiet() ? new RunListener() {} : console.progress();
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
        console.remark("run folder: " + folder);
        console.status().clear();
      }
    };
  }

  void evaluate(Run run) {
    evaluate(run, EvaluateRequest.DEFAULT);
  }

  void evaluate(Run run, EvaluateRequest request) {
    var lines = EvaluationText.lines(run.with(notices::shown).evaluate(request));
    console.line("");
    lines.forEach(console::line);
    console.line("");
    console.line("run          " + run.files().path());
    console.line("report       " + run.files().report());
    console.line("numbers      " + run.files().evaluation());
    console.line("predictions  " + run.files().predictions());
  }

  /** What {@code train} and {@code evaluate} report to programs. */
  static JsonObject json(Run run) {
    var json = new JsonObject();
    json.addProperty("run", run.files().path().toString());
    json.addProperty("report", run.files().report().toString());
    json.addProperty("predictions", run.files().predictions().toString());
    json.add("evaluation", Json.read(run.files().evaluation()));
    return json;
  }

  Path export(Run run, ModelRequest request) {
    var model = asTyped(run.with(notices::shown).export(request));
    console.line("SavedModel   " + model);
    return model;
  }

  /** An exported model, on the device of the run. */
  OpenSetClassifier load(Run run, Path model) {
    return run.with(notices::shown).load(model);
  }
}
