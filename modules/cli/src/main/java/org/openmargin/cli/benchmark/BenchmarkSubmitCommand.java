package org.openmargin.cli.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.openmargin.benchmark.Benchmark;
import org.openmargin.benchmark.Schedule;
import org.openmargin.benchmark.table.Words;
import org.openmargin.cli.console.Console;
import org.openmargin.cli.console.ExitCodes;
import org.openmargin.cli.spark.SparkSubmit;
import org.openmargin.cluster.ClusterNeeds;
import org.openmargin.cluster.Scheduler;
import org.openmargin.cluster.SparkTrials;
import org.openmargin.cluster.Submission;
import org.openmargin.cluster.TrialArray;
import org.openmargin.cluster.TrialCommand;
import org.openmargin.cluster.TrialCommand.Argument;
import org.openmargin.config.plan.PlannedTrial;
import org.openmargin.experiment.folder.RunException;
import org.openmargin.files.FileErrors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
    name = "submit",
    header = "Run the unfinished trials of a plan on a cluster.",
    description = {
      "Writes a job array of Slurm, an Indexed Job of Kubernetes or an application of Spark, one",
      "task for each trial that has no result, and submits it. All machines must see plan, images,",
      "results and runs in a shared folder; status and report read it from anywhere. A task that is",
      "told to stop writes a checkpoint and goes on later; a trial that fails is tried again unless",
      "it would fail again; no two tasks run one trial at once. What each trial needs is said in the",
      "plan's section `cluster`."
    },
    exitCodeList = {
      ExitCodes.OK_TEXT,
      ExitCodes.USAGE_TEXT,
      ExitCodes.DATA_TEXT,
      ExitCodes.TRAINING_TEXT,
      ExitCodes.INTERNAL_TEXT
    },
    footer = {
      "  openmargin benchmark submit plan.textproto --on slurm --cluster slurm.partition=gpu",
      "  openmargin benchmark submit plan.textproto --on slurm --dry-run",
      "  openmargin benchmark submit plan.textproto --on kubernetes --write job",
      "  openmargin benchmark submit plan.textproto --on spark://host:7077 --cluster cpus=2",
      "  openmargin benchmark status plan.textproto"
    })
final class BenchmarkSubmitCommand implements Callable<Integer> {
  private static final String THREADS = "runtime.intra_op_threads";

  private final Console console;

  @Mixin private PlanOptions plan;

  @Mixin private MethodOption methods;

  @Mixin private TrialFlags flags;

  @Mixin private ClusterOptions cluster;

  BenchmarkSubmitCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws InterruptedException {
    var benchmark = methods.of(plan.read(List.of()));
    var needs = cluster.needs(plan.file());
    benchmark.warnings().forEach(warning -> console.remark("warning: " + warning));
    var due = benchmark.due(flags.schedule(1, Schedule.DEFAULT.retries()));
    if (due.isEmpty()) {
      console.line(
          "nothing to submit: every trial is finished, running or would fail again (benchmark status names them)");
      return ExitCodes.OK;
    }
    var folder = folder(benchmark);
    var numbers = due.stream().map(PlannedTrial::index).toList();
    var array = new TrialArray(benchmark.name(), numbers, command(needs), needs);
    var scheduler = cluster.scheduler(array, folder);
    if (cluster.dryRun()) {
      print(scheduler);
      return ExitCodes.OK;
    }
    // Slurm does not create the folder of its output.
    create(folder);
    var submission = new Submission(scheduler);
    var files = submission.write(cluster.write().orElse(folder));
    if (cluster.write().isPresent()) {
      files.forEach(file -> console.line("wrote        " + file));
      return ExitCodes.OK;
    }
    var trials = Words.counted(due.size(), "trial");
    if (scheduler instanceof SparkTrials spark) {
      console.remark("%s on %s".formatted(trials, spark.master()));
      return untilTheEnd(benchmark, scheduler.submission(files.get(0)));
    }
    console.line("%s: %s".formatted(trials, submission.submit(files.get(0))));
    console.next("benchmark", "status", plan.file().toString());
    return ExitCodes.OK;
  }

  private int untilTheEnd(Benchmark benchmark, List<String> command) {
    var code = SparkSubmit.run(command);
    if (code == ExitCodes.OK || code == ExitCodes.TRAINING) {
      return FinishedTrials.print(console, benchmark);
    }
    console.error("Spark ended with exit code %d; what it printed says why".formatted(code));
    return ExitCodes.TRAINING;
  }

  private TrialCommand command(ClusterNeeds needs) {
    var threads = plan.sets(THREADS) ? List.<String>of() : List.of(THREADS + "=" + needs.cpus());
    var arguments = new ArrayList<>(plan.shared(threads));
    flags.words().forEach(word -> arguments.add(Argument.word(word)));
    var program = cluster.program(needs, console.program());
    return new TrialCommand(program, arguments, Path.of("").toAbsolutePath());
  }

  /** Beside the plan's run folders. */
  private static Path folder(Benchmark benchmark) {
    var work = benchmark.folders().work().toAbsolutePath().normalize();
    return work.resolveSibling(work.getFileName() + ".cluster");
  }

  private void print(Scheduler scheduler) {
    scheduler
        .files()
        .forEach(
            file -> {
              console.line("--- " + file.name());
              file.text().lines().forEach(console::line);
            });
  }

  private static void create(Path folder) {
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw new RunException("cannot create %s: %s".formatted(folder, FileErrors.reason(e)), e);
    }
  }
}
