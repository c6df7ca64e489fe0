package org.openmargin.cli.benchmark;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.openmargin.benchmark.Benchmark;
import org.openmargin.benchmark.ChildJvm;
import org.openmargin.benchmark.Rerun;
import org.openmargin.benchmark.Schedule;
import org.openmargin.benchmark.TrialOutcome;
import org.openmargin.benchmark.TrialSettings;
import org.openmargin.benchmark.TrialState;
import org.openmargin.cli.console.Console;
import org.openmargin.cli.console.ExitCodes;
import org.openmargin.cli.console.StopHint;
import org.openmargin.experiment.folder.RunException;
import org.openmargin.trainer.ConsoleProgress;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code openmargin benchmark run}. */
@Command(
    name = "run",
    header = "Train and evaluate what a plan names and is not finished yet.",
    description = {
      "Each trial is a process of its own with a run folder of its own. A finished trial is one",
      "small result file, and is never run again; what was killed goes on from its last",
      "checkpoint; what failed is tried again, unless it can only fail again. Stopped by Ctrl-C,",
      "the same command goes on. Trials are numbered from 0: seeds outermost, then class splits,",
      "then methods, so that all methods are through the first split before any begins the second."
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

  @Option(
      names = "--index",
      paramLabel = "N",
      description = "Run only trial number N, in this process.")
  private Optional<Integer> index;

  @Option(
      names = "--parallel",
      paramLabel = "P",
      defaultValue = "1",
      description = {
        "Trials side by side, which share the cores. Default: 1.",
        "On a CPU, one per core is fastest in sum, if memory allows: 1 to 2 GiB each at 28 px."
      })
  private int parallel;

  @Option(
      names = "--retries",
      paramLabel = "N",
      defaultValue = "2",
      description = "Further attempts at a trial that failed. Default: 2.")
  private int retries;

  @Option(
      names = "--retry-failed",
      description = "Also try trials whose failure would not mend itself.")
  private boolean retryFailed;

  @Option(
      names = "--replace-stale",
      description = {
        "Run trials again whose result is not of what the plan says now, and replace it.",
        "Default: refuse, and name them."
      })
  private boolean replaceStale;

  @Option(
      names = "--keep-runs",
      description = "Keep the checkpoints of finished trials, for export or other scorers.")
  private boolean keepRuns;

  BenchmarkRunCommand(Console console, Class<?> program) {
    this.console = console;
    this.program = program;
  }

  @Override
  public Integer call() throws InterruptedException {
    requireSense();
    var threads = threads();
    var benchmark = methods.of(plan.read(threads));
    benchmark.warnings().forEach(warning -> console.remark("warning: " + warning));
    if (index.isPresent()) {
      return runOne(benchmark, index.get());
    }
    if (!threads.isEmpty()) {
      console.print("%d trials side by side, %s each", parallel, threads.get(0));
    }
    var command = new ArrayList<>(List.of(program.getName(), "benchmark", "run"));
    command.addAll(plan.arguments(threads));
    command.addAll(flags());
    var hint = "stopped; what was begun goes on with the same command";
    try (var jvms = benchmark.inJvms(command)) {
      var hook = new StopHint(console, hint);
      hook.during(() -> all(benchmark, jvms));
    }
    return summary(benchmark);
  }

  private void requireSense() {
    if (parallel < 1) {
      throw new RunException("--parallel is %d, must be at least 1".formatted(parallel));
    }
    if (retries < 0) {
      throw new RunException("--retries is %d, must be at least 0".formatted(retries));
    }
    if (index.isPresent() && parallel > 1) {
      throw new RunException(
          "--index is one trial: --parallel %d does not go with it".formatted(parallel));
    }
  }

  /** Those that a trial's own process has to know. */
  private List<String> flags() {
    var flags = new ArrayList<String>();
    if (keepRuns) {
      flags.add("--keep-runs");
    }
    if (retryFailed) {
      flags.add("--retry-failed");
    }
    if (replaceStale) {
      flags.add("--replace-stale");
    }
    return flags;
  }

  private Rerun rerun() {
    return new Rerun(retryFailed, replaceStale);
  }

  private Benchmark all(Benchmark benchmark, ChildJvm jvms) {
    try {
      return benchmark.run(jvms, new Schedule(parallel, retries, rerun()), console::line);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return benchmark;
    }
  }

  /** Side by side, each has its share of the cores, unless the user says how many. */
  private List<String> threads() {
    if (parallel == 1 || index.isPresent() || plan.sets(THREADS)) {
      return List.of();
    }
    var share = Math.max(1, Runtime.getRuntime().availableProcessors() / parallel);
    return List.of(THREADS + "=" + share);
  }

  private int runOne(Benchmark benchmark, int number) throws InterruptedException {
    var trial = benchmark.trial(number);
    console.line("trial %d: %s".formatted(number, trial.name()));
    var progress = new ConsoleProgress(console.out(), console.terminal());
    var settings = new TrialSettings(keepRuns, rerun(), of -> List.of(progress), parts -> parts);
    var outcome = benchmark.inThisJvm(settings).run(trial);
    if (outcome instanceof TrialOutcome.Refused refused) {
      console.error(refused.message());
      return ExitCodes.REFUSED;
    }
    if (outcome instanceof TrialOutcome.Busy) {
      console.error("another process trains this trial");
      return ExitCodes.BUSY;
    }
    console.line("result       " + benchmark.folders().result(trial));
    return ExitCodes.OK;
  }

  private int summary(Benchmark benchmark) {
    var states = benchmark.status().values();
    var finished = states.stream().filter(TrialState.Finished.class::isInstance).count();
    console.print("%d of %d trials are finished", finished, states.size());
    return finished == states.size() ? ExitCodes.OK : ExitCodes.TRAINING;
  }
}
