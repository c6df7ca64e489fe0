package org.openmargin.cli.benchmark;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.openmargin.benchmark.Benchmark;
import org.openmargin.benchmark.ChildProcessRunner;
import org.openmargin.benchmark.TrialOutcome;
import org.openmargin.benchmark.TrialRunner;
import org.openmargin.benchmark.TrialSettings;
import org.openmargin.cli.console.Console;
import org.openmargin.cli.console.ExitCodes;
import org.openmargin.cli.console.Notices;
import org.openmargin.cli.console.StopHint;
import org.openmargin.cli.console.StopSignal;
import org.openmargin.config.plan.PlannedTrial;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
    name = "run",
    header = "Train and evaluate the unfinished trials of a plan.",
    description = {
      "Each trial runs in its own process and run folder. A finished trial leaves one small",
      "result file and is never run again. After Ctrl-C or a crash, the same command resumes",
      "every trial from its last checkpoint; a trial that is told to stop writes one. Failed",
      "trials are tried again unless they would fail again. Trials are numbered from 0: by seed,",
      "then class split, then method, so that all methods finish the first split before any starts",
      "the second."
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
      "  openmargin benchmark run plan.textproto",
      "  openmargin benchmark run plan.textproto --parallel 2 --set data.npz.path=cells.npz",
      "  openmargin benchmark run plan.textproto --index 3     one element of a job array"
    })
final class BenchmarkRunCommand implements Callable<Integer> {
  private static final String THREADS = "runtime.intra_op_threads";

  private final Console console;
  private final Class<?> program;

  @Mixin private PlanOptions plan;

  @Mixin private MethodOption methods;

  @Mixin private RunOptions options;

  BenchmarkRunCommand(Console console, Class<?> program) {
    this.console = console;
    this.program = program;
  }

  @Override
  public Integer call() throws InterruptedException {
    options.check();
    var threads = threads();
    var benchmark = methods.of(plan.read(threads));
    benchmark.warnings().forEach(warning -> console.remark("warning: " + warning));
    if (options.index().isPresent()) {
      return runOne(benchmark, options.index().get());
    }
    if (!threads.isEmpty()) {
      console.remark("%d trials at a time, %s each".formatted(options.parallel(), threads.get(0)));
    }
    var command = new ArrayList<>(List.of(program.getName(), "benchmark", "run"));
    command.addAll(plan.arguments(threads));
    command.addAll(options.flags());
    var hint = "stopped; resume with the same command";
    try (var runner = benchmark.inChildProcesses(command)) {
      var hook = new StopHint(console, hint);
      hook.during(() -> all(benchmark, runner));
    }
    return FinishedTrials.print(console, benchmark);
  }

  private Benchmark all(Benchmark benchmark, ChildProcessRunner runner) {
    try {
      return benchmark.run(runner, options.schedule(), console::remark);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return benchmark;
    }
  }

  /** In parallel, each trial gets its share of the cores, unless the user sets a number. */
  private List<String> threads() {
    if (options.parallel() == 1 || options.index().isPresent() || plan.sets(THREADS)) {
      return List.of();
    }
    var share = Math.max(1, Runtime.getRuntime().availableProcessors() / options.parallel());
    return List.of(THREADS + "=" + share);
  }

  private int runOne(Benchmark benchmark, int number) {
    var trial = benchmark.trial(number);
    console.remark("trial %d: %s".formatted(number, trial.name()));
    var progress = console.progress();
    var stop = new StopSignal(console, "the same command");
    var settings =
        new TrialSettings(
            options.schedule(),
            options.keepRuns(),
            of -> List.of(progress, stop.listener()),
            parts -> parts.withNotices(new Notices(console)));
    var outcome = stop.during(() -> attempt(benchmark.inThisProcess(settings), trial));
    if (outcome instanceof TrialOutcome.Refused refused) {
      console.error(refused.message());
      return ExitCodes.REFUSED;
    }
    if (outcome instanceof TrialOutcome.Busy) {
      console.error("another process is training this trial");
      return ExitCodes.BUSY;
    }
    console.line("result       " + benchmark.folders().result(trial));
    return ExitCodes.OK;
  }

  private static TrialOutcome attempt(TrialRunner runner, PlannedTrial trial) {
    try {
      return runner.run(trial);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new TrialOutcome.Stopped();
    }
  }
}
