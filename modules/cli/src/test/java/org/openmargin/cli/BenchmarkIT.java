package org.openmargin.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openmargin.cli.console.ExitCodes;

/** Benchmarks in their own processes: undisturbed, killed, and moved to another machine. */
class BenchmarkIT {
  /** So small that a trial takes about as long as starting its JVM. */
  private static final String PLAN =
      """
      name: "two-by-two"
      experiment: "%s"
      set: "runtime.deterministic=true"
      set: "data.synthetic_cells.train_images_per_class=16"
      methods { name: "Soft max" set: "loss.softmax={}" }
      methods { name: "OMCL" }
      trials { name: "1" known_classes: [0, 2, 4, 6] }
      trials { name: "2" known_classes: [1, 2, 4, 6] }
      seeds: 0
      baseline: "Soft max"
      """
          .formatted(CommandLineRun.TINY);

  @TempDir private static Path shared;

  private static Path plan;
  private static CommandLineRun undisturbed;

  @TempDir private Path folder;

  @BeforeAll
  static void runUndisturbed() throws Exception {
    plan = Files.writeString(shared.resolve("plan.textproto"), PLAN);
    undisturbed = CommandLineRun.of(process(shared));
  }

  private static ProcessBuilder process(Path place, Object... more) {
    return CommandLineRun.process(arguments("run", place, more));
  }

  private static CommandLineRun inProcess(String command, Path place, Object... more) {
    return CommandLineRun.of(arguments(command, place, more));
  }

  private static Object[] arguments(String command, Path place, Object... more) {
    var arguments = new ArrayList<Object>(List.of("benchmark", command, plan));
    arguments.addAll(List.of("--results", place.resolve("results")));
    arguments.addAll(List.of("--work", place.resolve("runs")));
    arguments.addAll(List.of(more));
    return arguments.toArray();
  }

  private static List<String> csv(Path place) {
    return inProcess("report", place, "--format", "csv").out().lines().toList();
  }

  @Test
  void everyTrialRunsOnceAndTheTableIsComplete() throws Exception {
    assertThat(undisturbed.code()).as(undisturbed.err() + undisturbed.out()).isZero();
    assertThat(undisturbed.err().lines())
        .filteredOn(line -> line.endsWith(": started"))
        .containsExactly(
            "#0 Soft max, trial 1, seed 0: started",
            "#1 OMCL, trial 1, seed 0: started",
            "#2 Soft max, trial 2, seed 0: started",
            "#3 OMCL, trial 2, seed 0: started");
    assertThat(undisturbed.err()).contains("3 left, about");
    assertThat(undisturbed.out().strip()).isEqualTo("4 of 4 trials are finished");
    assertThat(Tree.of(shared.resolve("results")))
        .containsExactly(
            "two-by-two",
            "two-by-two/OMCL",
            "two-by-two/OMCL/1-seed-0.textproto",
            "two-by-two/OMCL/2-seed-0.textproto",
            "two-by-two/Soft_max",
            "two-by-two/Soft_max/1-seed-0.textproto",
            "two-by-two/Soft_max/2-seed-0.textproto");
    assertThat(Tree.of(shared.resolve("runs/two-by-two")))
        .contains("OMCL/1-seed-0/predictions.csv", "OMCL/1-seed-0/log.txt")
        .noneMatch(file -> file.contains("checkpoints"));
    assertThat(csv(shared)).hasSize(7).noneMatch(line -> line.endsWith(","));
    assertThat(inProcess("report", shared).out()).doesNotContain("missing");
    var again = CommandLineRun.of(process(shared));
    assertThat(again.code()).isZero();
    assertThat(again.out().strip()).isEqualTo("4 of 4 trials are finished");
  }

  @Test
  void resultFilesAloneAreEnoughOnAnotherMachine() throws Exception {
    copy(shared.resolve("results"), folder.resolve("results"));
    assertThat(inProcess("status", folder).out()).contains("4 of 4 trials are finished");
    assertThat(csv(folder)).isEqualTo(csv(shared));
    assertThat(CommandLineRun.of(process(folder)).code()).isZero();
    assertThat(folder.resolve("runs")).doesNotExist();
  }

  @Test
  void collectedResultsAreAsGoodAsSingleOnes() throws Exception {
    copy(shared.resolve("results"), folder.resolve("results"));
    var packed = folder.resolve("results/two-by-two.jsonl");
    assertThat(inProcess("collect", folder).out().strip())
        .isEqualTo(packed + ": 4 results added, 4 of 4 trials");
    assertThat(Tree.of(folder.resolve("results"))).containsExactly("two-by-two.jsonl");
    assertThat(inProcess("collect", folder).out().strip())
        .isEqualTo(packed + ": 0 results added, 4 of 4 trials");
    assertThat(inProcess("status", folder).out()).contains("4 of 4 trials are finished");
    assertThat(csv(folder)).isEqualTo(csv(shared));
    assertThat(CommandLineRun.of(process(folder)).out().strip())
        .isEqualTo("4 of 4 trials are finished");
    assertThat(folder.resolve("runs")).doesNotExist();
  }

  @Test
  void resultsOfAnotherExperimentAreStaleAndReplacedIfAsked() throws Exception {
    copy(shared.resolve("results"), folder.resolve("results"));
    Object[] longer = {"--set", "training.epochs=3"};
    assertThat(inProcess("status", folder, longer).out())
        .contains("stale: the plan or its experiment has changed since", "0 of 4");
    assertThat(inProcess("report", folder, longer).out()).contains("4 stale");
    var refused = CommandLineRun.of(process(folder, longer));
    assertThat(refused.code()).isEqualTo(ExitCodes.USAGE);
    assertThat(refused.errors())
        .singleElement()
        .asString()
        .contains("and 3 more", "--replace-stale");
    var one =
        CommandLineRun.of(
            process(folder, "--method", "OMCL", "--replace-stale", "--set", "training.epochs=3"));
    assertThat(one.code()).as(one.err()).isZero();
    assertThat(inProcess("status", folder, longer).out()).contains("2 of 4 trials are finished");
    assertThat(inProcess("status", folder).out()).contains("2 of 4 trials are finished");
  }

  @Test
  void killedFiveTimesItEndsAsIfNothingHadHappened() throws Exception {
    var random = new Random(4);
    for (var kill = 0; kill < 5; kill++) {
      var runner = process(folder).redirectErrorStream(true).redirectOutput(log()).start();
      // A slow machine may not have done anything yet.
      runner.waitFor(1000 + random.nextInt(4000), TimeUnit.MILLISECONDS);
      var children = runner.descendants().toList();
      runner.destroyForcibly();
      children.forEach(ProcessHandle::destroyForcibly);
      runner.waitFor();
      for (var child : children) {
        child.onExit().join();
      }
    }
    var last = CommandLineRun.of(process(folder));
    assertThat(last.code()).as(last.err() + last.out()).isZero();
    assertThat(csv(folder)).isEqualTo(csv(shared));
  }

  private ProcessBuilder.Redirect log() {
    return ProcessBuilder.Redirect.appendTo(folder.resolve("log").toFile());
  }

  @Test
  void runnerThatIsToldToStopStopsItsChildrenToo() throws Exception {
    var runner = process(folder).redirectErrorStream(true).start();
    try (var out = runner.inputReader(StandardCharsets.UTF_8)) {
      assertThat(out.readLine()).isEqualTo("#0 Soft max, trial 1, seed 0: started");
      var children = runner.descendants().toList();
      // Not the process itself: that would close the stream read here.
      runner.toHandle().destroy();
      runner.waitFor();
      assertThat(children).noneMatch(ProcessHandle::isAlive);
      assertThat(out.lines().toList())
          .contains("openmargin: stopped; resume with the same command")
          .noneMatch(line -> line.contains("failed") || line.endsWith(": started"));
    }
  }

  @Test
  void trialThatCanNeverSucceedIsNotTriedAgain() throws Exception {
    // Weight decay times learning rate far above 2: weights grow without bound.
    var diverging = "training.sgd={ learning_rate: 6 weight_decay: 1 }";
    Object[] settings = {"--set", diverging, "--set", "training.epochs=20", "--method", "OMCL"};
    var arguments = new ArrayList<Object>(List.of(settings));
    arguments.addAll(List.of("--index", "1"));
    var one = inProcess("run", folder, arguments.toArray());
    assertThat(one.code()).as(one.err()).isEqualTo(ExitCodes.REFUSED);
    assertThat(one.err()).contains("training diverged");
    assertThat(
            Files.readString(folder.resolve("results/two-by-two/OMCL/1-seed-0.failed.textproto")))
        .contains("training diverged")
        .doesNotContain(folder.toString());
    assertThat(inProcess("status", folder, settings).out()).contains("failed and would fail again");
    var all = CommandLineRun.of(process(folder, settings));
    assertThat(all.code()).isEqualTo(ExitCodes.TRAINING);
    assertThat(all.out()).contains("0 of 2 trials");
    assertThat(all.err())
        .contains("#1 OMCL, trial 1, seed 0: failed before and would fail again", "--retry-failed")
        .contains("#3 OMCL, trial 2, seed 0: failed and would fail again")
        .doesNotContain("#1 OMCL, trial 1, seed 0: started", "attempt 2");
  }

  @Test
  void imagesThatCannotBeUsedFailOnceAndAreTriedAgainWhenTheyAreMended() throws Exception {
    var damaged = Files.writeString(folder.resolve("damaged.npz"), "no archive");
    Object[] settings = {"--set", "data.npz.path=" + damaged, "--method", "OMCL"};
    var all = CommandLineRun.of(process(folder, settings));
    assertThat(all.code()).isEqualTo(ExitCodes.TRAINING);
    assertThat(all.err().lines())
        .filteredOn(
            line -> line.contains("failed and would fail again") && line.contains("damaged.npz"))
        .hasSize(2);
    assertThat(all.out()).contains("0 of 2 trials");
    assertThat(all.err()).doesNotContain("attempt 2");
    assertThat(Tree.of(folder.resolve("results"))).containsExactly("two-by-two");
    assertThat(inProcess("status", folder, settings).out())
        .contains("0 of 2 trials are finished (2 failed)")
        .containsPattern("OMCL, trial 1, seed 0: failed: .*damaged.npz")
        .doesNotContain("fail again");
    assertThat(inProcess("report", folder, settings).out())
        .containsPattern("why it is missing: .*damaged.npz");
    Object[] mended = {"--method", "OMCL", "--index", "1"};
    assertThat(inProcess("run", folder, mended).code()).isZero();
    assertThat(inProcess("status", folder, "--method", "OMCL").out())
        .contains("OMCL, trial 1, seed 0: finished");
  }

  @Test
  void trialThatIsToldToStopWritesACheckpointAndResumes() throws Exception {
    Object[] one = {"--index", "1", "--set", "training.epochs=40"};
    var task = CommandLineRun.process(arguments("run", folder, one));
    task.environment().put("SLURM_ARRAY_JOB_ID", "12");
    task.environment().put("SLURM_ARRAY_TASK_ID", "1");
    var running = task.redirectErrorStream(true).start();
    try (var out = running.inputReader(StandardCharsets.UTF_8)) {
      var line = out.readLine();
      while (line != null && !line.startsWith("epoch 2/")) {
        line = out.readLine();
      }
      assertThat(line).as("the training got so far").isNotNull();
      assertThat(inProcess("status", folder, "--set", "training.epochs=40").out())
          .containsPattern("trial 1, seed 0: running: on .*, task 12_1, process " + running.pid())
          .contains("0 of 4 trials are finished (3 missing, 1 running)");
      // Not Process.destroy, which also closes the output.
      assertThat(running.toHandle().destroy()).isTrue();
      assertThat(out.lines()).contains("stopping after this step, with a checkpoint");
      assertThat(running.waitFor()).isEqualTo(143);
    }
    assertThat(inProcess("status", folder, "--set", "training.epochs=40").out())
        .contains("trial 1, seed 0: stopped: it goes on from its checkpoint");
    var resumed = inProcess("run", folder, one);
    assertThat(resumed.code()).as(resumed.err()).isZero();
    assertThat(resumed.err()).contains("resumed after step");
  }

  @Test
  void argumentsThatDoNotGoTogetherAreRefused() {
    assertThat(inProcess("run", folder, "--parallel", "0").errors())
        .containsExactly("openmargin: --parallel is 0, must be at least 1");
    assertThat(inProcess("run", folder, "--retries", "-1").errors())
        .containsExactly("openmargin: --retries is -1, must be at least 0");
    assertThat(inProcess("run", folder, "--parallel", "2", "--index", "1").errors())
        .containsExactly(
            "openmargin: --index runs one trial and cannot be combined with --parallel 2");
    var report = inProcess("report", folder);
    assertThat(report.code()).isEqualTo(ExitCodes.USAGE);
    assertThat(report.errors())
        .singleElement()
        .asString()
        .contains("there are no results of the plan");
  }

  @Test
  void whatIsWrongWithThePlanIsSaid() {
    var wrong = inProcess("run", folder, "--index", "4");
    assertThat(wrong.code()).isEqualTo(ExitCodes.USAGE);
    assertThat(wrong.errors()).singleElement().asString().contains("there is no trial 4;");
    assertThat(inProcess("report", folder, "--digits", "3").code()).isEqualTo(ExitCodes.USAGE);
    assertThat(inProcess("report", shared, "--baseline", "OMCL").out())
        .contains("Against OMCL, trial by trial");
    assertThat(inProcess("report", shared, "--baseline", "Softmax").err())
        .contains("baseline: no method is named 'Softmax', did you mean 'Soft max'?");
    assertThat(inProcess("status", folder, "--set", "training.epoch=3").err())
        .contains("did you mean 'training.epochs'?");
  }

  private static void copy(Path from, Path to) throws IOException {
    try (var tree = Files.walk(from)) {
      for (var path : tree.toList()) {
        Files.copy(path, to.resolve(from.relativize(path).toString()));
      }
    }
  }
}
