package org.openmargin.cli.benchmark;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.openmargin.benchmark.ChildProcessRunner;
import org.openmargin.benchmark.TrialOutcome;
import org.openmargin.benchmark.TrialSettings;
import org.openmargin.benchmark.Trials;
import org.openmargin.benchmark.rehearsal.Rehearsal;
import org.openmargin.cli.console.Console;
import org.openmargin.cli.console.ExitCodes;
import org.openmargin.cli.console.Notices;
import org.openmargin.cli.console.StopHint;
import org.openmargin.experiment.Experiment;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
    name = "rehearse",
    header = "Choose settings from known classes alone, before the test is seen.",
    description = {
      "Holds out each known class in turn, and pairs of them: they pose as unknown on validation",
      "images. Trains every way of training on each fold with each seed, evaluates every way of",
      "scoring, and writes the best experiment whole, ready for openmargin train. Test images and",
      "unknown classes are never looked at. After Ctrl-C or a crash, the same command goes on.",
      "",
      "The best mean rank by AUROC wins, among candidates that lose at most 0.3 points of",
      "accuracy on known classes and reject at least 95 %% of each kind of generated foreign images."
    },
    exitCodeList = {
      ExitCodes.OK_TEXT,
      ExitCodes.USAGE_TEXT,
      ExitCodes.DATA_TEXT,
      ExitCodes.TRAINING_TEXT,
      ExitCodes.REFUSED_TEXT,
      ExitCodes.INTERNAL_TEXT,
      ExitCodes.BUSY_TEXT
    },
    footer = {
      "  openmargin rehearse my.textproto",
      "  openmargin rehearse my.textproto --parallel 2 --seeds 0,1,2 --out best.textproto",
      "  openmargin rehearse my.textproto --candidate long:training.epochs=60"
    })
public final class RehearseCommand implements Callable<Integer> {
  private final Console console;
  private final Class<?> program;

  @Mixin private RehearsalOptions options;

  @Mixin private RehearsalOutput output;

  @Mixin private RunOptions run;

  /**
   * @param program main class of the JVMs that train
   */
  public RehearseCommand(Console console, Class<?> program) {
    this.console = console;
    this.program = program;
  }

  @Override
  public Integer call() throws InterruptedException {
    run.check();
    var read = options.read();
    if (run.index().isPresent()) {
      return runOne(read, run.index().get());
    }
    var rehearsal = read.checked(this::noticed);
    rehearsal.remarks().forEach(console::remark);
    if (!rehearsal.isComplete()) {
      output.requireFree(rehearsal);
      console.remark(rehearsal.cost());
      train(rehearsal.trials());
    }
    if (!rehearsal.isComplete()) {
      console.error(rehearsal.cost() + "; go on with the same command");
      return ExitCodes.TRAINING;
    }
    output.write(rehearsal, console);
    return ExitCodes.OK;
  }

  private Experiment noticed(Experiment experiment) {
    return experiment.withNotices(new Notices(console));
  }

  private void train(Trials trials) {
    var command = new ArrayList<>(List.of(program.getName(), "rehearse"));
    command.addAll(options.arguments(options.threads(run.parallel())));
    command.addAll(run.flags());
    try (var runner = trials.inChildProcesses(command)) {
      var hook = new StopHint(console, "stopped; go on with the same command");
      hook.during(() -> all(trials, runner));
    }
  }

  private Trials all(Trials trials, ChildProcessRunner runner) {
    try {
      trials.run(runner, run.schedule(), console::remark);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return trials;
  }

  private int runOne(Rehearsal rehearsal, int number) throws InterruptedException {
    var trial = rehearsal.trial(number);
    var progress = console.progress();
    var settings =
        new TrialSettings(run.schedule(), run.keepRuns(), of -> List.of(progress), this::noticed);
    var outcome = rehearsal.trials().inThisProcess(settings).run(trial);
    if (outcome instanceof TrialOutcome.Refused refused) {
      console.error(refused.message());
      return ExitCodes.REFUSED;
    }
    if (outcome instanceof TrialOutcome.Busy) {
      console.error("another process is training this");
      return ExitCodes.BUSY;
    }
    return ExitCodes.OK;
  }
}
