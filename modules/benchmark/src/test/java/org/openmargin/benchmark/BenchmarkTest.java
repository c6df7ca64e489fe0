package org.openmargin.benchmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openmargin.benchmark.table.BenchmarkMetric;
import org.openmargin.config.plan.PlannedTrial;
import org.openmargin.config.v1.EvaluationReport;
import org.openmargin.config.v1.TrialFailure;
import org.openmargin.config.v1.TrialResult;
import org.openmargin.data.DataException;
import org.openmargin.experiment.Experiment;
import org.openmargin.experiment.folder.ProcessLock;
import org.openmargin.experiment.folder.RunException;
import org.openmargin.trainer.Checkpoints;
import org.openmargin.trainer.RunListener;

class BenchmarkTest {
  private static final Path TINY =
      Path.of("../../proto/experiments/synthetic/tiny.textproto").toAbsolutePath().normalize();

  @TempDir private Path folder;

  private Path plan;
  private BenchmarkFolders folders;

  @BeforeEach
  void writePlan() throws IOException {
    folders = new BenchmarkFolders(folder.resolve("results"), folder.resolve("runs"));
    plan =
        Files.writeString(
            folder.resolve("plan.textproto"),
            """
            name: "small"
            experiment: "%s"
            methods { name: "A" set: "loss.softmax={}" published { auroc: 0.5 } }
            methods { name: "B" }
            trials { name: "1" known_classes: [0, 2, 4, 6] }
            trials { name: "2" known_classes: [1, 2, 4, 6] }
            seeds: 3
            baseline: "A"
            """
                .formatted(TINY));
  }

  private Benchmark benchmark(String... overrides) {
    return Benchmark.read(plan, overrides).in(folders);
  }

  private static TrialResult result(PlannedTrial trial, double auroc) {
    return TrialResult.newBuilder()
        .setPlan("small")
        .setMethod(trial.name().method())
        .setTrial(trial.name().trial())
        .setSeed(trial.name().seed())
        .addAllKnownClasses(trial.experiment().getData().getKnownClassesList())
        .setExperimentSha256(trial.digest())
        .setEvaluation(
            EvaluationReport.newBuilder()
                .setAcc(0.9)
                .setSelectedScorer("max_logit")
                .addScorers(
                    EvaluationReport.ScorerResult.newBuilder()
                        .setName("max_logit")
                        .setAuroc(auroc)
                        .setOscr(auroc - 0.1)))
        .build();
  }

  private TrialFiles files() {
    return new TrialFiles("small", folders);
  }

  /** Fails the first {@code times} attempts, then writes results. */
  private TrialRunner failing(int times, List<Integer> attempts) {
    return trial -> {
      attempts.add(trial.index());
      if (attempts.size() <= times) {
        throw new RunException("not now");
      }
      var result = result(trial, 0.6 + 0.1 * trial.index());
      files().write(trial, result);
      return new TrialOutcome.Done(result);
    };
  }

  @Test
  void finishedTrialsAreNeverRunAgain() throws InterruptedException {
    var attempts = new ArrayList<Integer>();
    var first = benchmark().trials().get(0);
    files().write(first, result(first, 0.5));
    benchmark().run(failing(0, attempts), Schedule.DEFAULT, line -> {});
    assertThat(attempts).containsExactly(1, 2, 3);
    benchmark().run(failing(0, attempts), Schedule.DEFAULT, line -> {});
    assertThat(attempts).hasSize(3);
  }

  @Test
  void failedTrialIsTriedAgainAsOftenAsAsked() throws InterruptedException {
    var attempts = new ArrayList<Integer>();
    var lines = new ArrayList<String>();
    benchmark().run(failing(2, attempts), new Schedule(1, 1, false, false), lines::add);
    // Two attempts at the first, which both fail; then all others.
    assertThat(attempts).containsExactly(0, 0, 1, 2, 3);
    assertThat(lines).filteredOn(line -> line.contains("failed: not now")).hasSize(2);
    assertThat(benchmark().status().values())
        .filteredOn(TrialState.Finished.class::isInstance)
        .hasSize(3);
  }

  @Test
  void refusedTrialIsLeftAloneUntilItsExperimentChangesOrTheUserAsks()
      throws InterruptedException, IOException {
    var attempts = new ArrayList<Integer>();
    var trial = benchmark().trials().get(2);
    var failure =
        TrialFailure.newBuilder()
            .setPlan("small")
            .setMethod("A")
            .setTrial("2")
            .setSeed(3)
            .setExperimentSha256(trial.digest())
            .setMessage("no images");
    files().write(trial, failure.build());
    // An old result beside it changes nothing.
    Files.writeString(folders.result(trial), "plan: \"other\"\n");
    var lines = new ArrayList<String>();
    benchmark().run(failing(0, attempts), Schedule.DEFAULT, lines::add);
    assertThat(attempts).containsExactly(0, 1, 3);
    assertThat(lines)
        .contains(
            "#2 A, trial 2, seed 3: failed before and would fail again: no images (retry with"
                + " --retry-failed)");
    assertThat(benchmark().inThisProcess(TrialSettings.DEFAULT).run(trial))
        .isEqualTo(new TrialOutcome.Refused("no images"));
    assertThat(benchmark().report(Optional.empty()).remarks().warnings())
        .contains("1 failed: A, trial 2, seed 3", "why it failed: no images");
    assertThat(benchmark().status().get(trial)).isInstanceOf(TrialState.Refused.class);
    assertThat(benchmark("training.epochs=1").status().values())
        .noneMatch(TrialState.Refused.class::isInstance);
    benchmark().run(failing(0, attempts), new Schedule(1, 0, true, false), line -> {});
    assertThat(attempts).containsExactly(0, 1, 3, 2);
    assertThat(folders.failure(trial)).doesNotExist();
  }

  private TrialState stale(int index, String reason) {
    return new TrialState.Stale(folders.result(benchmark().trial(index)), reason);
  }

  @Test
  void resultsWithoutWhatATableNeedsAreDamaged() throws IOException {
    var trial = benchmark().trial(0);
    files().write(trial, result(trial, 0.5));
    var whole = Files.readString(folders.result(trial));
    var damages =
        Map.of(
            "acc: 0.9", "",
            "  acc: 0.9", "  acc: nan",
            "auroc: 0.5", "auroc: 7",
            "oscr: 0.4", "oscrs: 0.4",
            "selected_scorer: \"max_logit\"", "selected_scorer: \"energy\"",
            "known_classes: 2", "known_classes: 77");
    assertThat(benchmark().status().get(trial)).isInstanceOf(TrialState.Finished.class);
    damages.forEach(
        (right, wrong) -> {
          assertThat(whole).contains(right);
          write(folders.result(trial), whole.replace(right, wrong));
          assertThat(benchmark().status().get(trial))
              .asString()
              .as(wrong)
              .contains("the result is damaged: ");
        });
    write(folders.result(trial), whole.substring(0, whole.indexOf("evaluation {")));
    assertThat(benchmark().status().get(trial)).asString().contains("acc is missing");
  }

  private static void write(Path file, String text) {
    try {
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void foldersThatCannotBeWrittenAreFoundBeforeAnythingIsRun() throws IOException {
    var attempts = new ArrayList<Integer>();
    var file = Files.writeString(folder.resolve("file"), "");
    for (var wrong :
        List.of(
            new BenchmarkFolders(file, folders.work()),
            new BenchmarkFolders(folders.results(), file.resolve("runs")))) {
      var benchmark = Benchmark.read(plan).in(wrong);
      assertThatThrownBy(() -> benchmark.run(failing(0, attempts), Schedule.DEFAULT, line -> {}))
          .isInstanceOf(RunException.class)
          .hasMessageMatching(
              "cannot write to .*file.*: (there is a file where a folder must be|Not a directory)");
    }
    assertThat(attempts).isEmpty();
  }

  @Test
  void runsOfOtherSettingsAreNotOverwrittenUnasked() throws InterruptedException, IOException {
    var trial = benchmark("training.epochs=1").trial(0);
    Experiment.of(trial.experiment()).train(folders.run(trial).path());
    var checkpoints = new Checkpoints(folders.run(trial).checkpoints(), 1).all();
    var attempts = new ArrayList<Integer>();
    assertThat(benchmark("training.epochs=1").status().get(trial))
        .isEqualTo(new TrialState.Waiting(TrialState.Progress.STARTED, ""));
    assertThatThrownBy(() -> benchmark().run(failing(0, attempts), Schedule.DEFAULT, line -> {}))
        .isInstanceOf(RunException.class)
        .hasMessage(
            "%s: it holds a run of another experiment; keep it and choose other folders (--results"
                + " and --work), or replace it (--replace-stale)",
            folders.run(trial).path());
    assertThat(attempts).isEmpty();
    assertThat(checkpoints)
        .isNotEmpty()
        .allSatisfy(checkpoint -> assertThat(checkpoint.folder()).exists());
    benchmark().run(failing(0, attempts), new Schedule(1, 0, false, true), line -> {});
    assertThat(attempts).contains(0);
  }

  @Test
  void resultsOfOtherExperimentsPlansAndTrialsAreStale() throws IOException {
    var trials = benchmark().trials();
    files().write(trials.get(0), result(trials.get(0), 0.5).toBuilder().setPlan("x").build());
    files().write(trials.get(1), result(trials.get(0), 0.5));
    files().write(trials.get(2), result(trials.get(2), 0.5));
    Files.writeString(folders.result(trials.get(2)), "plan: \"sma");
    files().write(trials.get(3), result(trials.get(3), 0.5));
    assertThat(benchmark().status().values())
        .satisfiesExactly(
            state ->
                assertThat(state)
                    .isEqualTo(stale(0, "the result belongs to x: A, trial 1, seed 3")),
            state ->
                assertThat(state)
                    .isEqualTo(stale(1, "the result belongs to small: A, trial 1, seed 3")),
            state -> assertThat(state).asString().contains("the result is damaged: 1:7: "),
            state -> assertThat(state).isInstanceOf(TrialState.Finished.class));
    Files.write(folders.result(trials.get(2)), new byte[] {'p', (byte) 0xff});
    assertThat(benchmark().status().get(trials.get(2))).isInstanceOf(TrialState.Stale.class);
    assertThat(benchmark("training.epochs=1").status().values())
        .allMatch(TrialState.Stale.class::isInstance);
    assertThat(benchmark("runtime.intra_op_threads=1").status().values())
        .filteredOn(TrialState.Finished.class::isInstance)
        .hasSize(1);
    assertThat(benchmark().report(Optional.empty()).remarks().warnings())
        .anyMatch(warning -> warning.startsWith("3 stale"));
  }

  @Test
  void resultsOfWhatThePlanNoLongerSaysAreNotReplacedUnasked()
      throws InterruptedException, IOException {
    var attempts = new ArrayList<Integer>();
    benchmark().run(failing(0, attempts), Schedule.DEFAULT, line -> {});
    var other = benchmark("training.epochs=1");
    var trial = other.trial(1);
    var before = Files.readString(folders.result(trial));
    assertThatThrownBy(() -> other.run(failing(0, attempts), Schedule.DEFAULT, line -> {}))
        .isInstanceOf(RunException.class)
        .hasMessage(
            "%s: the plan or its experiment has changed since, and 3 more like it; keep it and"
                + " choose other folders (--results and --work), or replace it (--replace-stale)",
            folders.result(other.trial(0)));
    assertThatThrownBy(() -> other.inThisProcess(TrialSettings.DEFAULT).run(trial))
        .isInstanceOf(RunException.class)
        .hasMessageStartingWith(folders.result(trial) + ": the plan or its experiment has changed");
    assertThat(attempts).hasSize(4);
    assertThat(folders.result(trial)).hasContent(before);
    TrialRunner replacing =
        one -> {
          files().write(one, result(one, 0.5));
          return new TrialOutcome.Done(result(one, 0.5));
        };
    other.run(replacing, new Schedule(1, 0, false, true), line -> {});
    assertThat(other.status().values()).allMatch(TrialState.Finished.class::isInstance);
  }

  @Test
  void reportAveragesWhatTheFilesHold() throws InterruptedException {
    benchmark().run(failing(0, new ArrayList<>()), Schedule.DEFAULT, line -> {});
    var table = benchmark().report(Optional.empty());
    // A: trials 0 and 2 with 0.6 and 0.8; B: trials 1 and 3 with 0.7 and 0.9.
    var a = table.methods().get(0);
    assertThat(a.summary(BenchmarkMetric.AUROC).mean()).isEqualTo(0.7);
    assertThat(a.aboveThePublished(BenchmarkMetric.AUROC).getAsDouble())
        .isCloseTo(0.2, org.assertj.core.api.Assertions.within(1e-12));
    var test = table.againstBaseline(table.methods().get(1), BenchmarkMetric.OSCR).orElseThrow();
    assertThat(test.difference().mean())
        .isCloseTo(0.1, org.assertj.core.api.Assertions.within(1e-12));
    assertThat(table.remarks().warnings())
        .satisfiesExactly(
            warning -> assertThat(warning).startsWith("only 2 trials"),
            warning -> assertThat(warning).startsWith("class splits share known classes"));
    assertThatThrownBy(() -> benchmark().report(Optional.of("max_logits")))
        .isInstanceOf(RunException.class)
        .hasMessage("no result has scorer 'max_logits'; available: max_logit");
    var first = benchmark().trial(0);
    var result = result(first, 0.5).toBuilder();
    result.getEvaluationBuilder().setSelectedScorer("energy");
    result.getEvaluationBuilder().getScorersBuilder(0).setName("energy");
    files().write(first, result.build());
    assertThat(benchmark().report(Optional.of("energy")).remarks().warnings())
        .anyMatch(warning -> warning.startsWith("3 without scorer energy"));
  }

  @Test
  void methodsWithoutTheBaselineHaveNoTests() throws InterruptedException {
    benchmark().run(failing(0, new ArrayList<>()), Schedule.DEFAULT, line -> {});
    assertThat(benchmark().only(List.of("B")).report(Optional.empty()).remarks().warnings())
        .contains("no tests: the baseline is not shown; add it with --method 'A'");
  }

  @Test
  void otherBaselineTurnsTheTestsRound() throws InterruptedException {
    benchmark().run(failing(0, new ArrayList<>()), Schedule.DEFAULT, line -> {});
    var table = benchmark().against("B").report(Optional.empty());
    var test = table.againstBaseline(table.methods().get(0), BenchmarkMetric.OSCR).orElseThrow();
    assertThat(test.difference().mean())
        .isCloseTo(-0.1, org.assertj.core.api.Assertions.within(1e-12));
    assertThatThrownBy(() -> benchmark().against("C"))
        .hasMessageContaining("baseline: no method is named 'C', did you mean 'A'? Methods: A, B");
  }

  @Test
  void seedsOfTheOnlySplitAreWhatIsAveragedAndPaired() throws InterruptedException, IOException {
    Files.writeString(
        plan,
        Files.readString(plan)
            .replace("trials { name: \"2\" known_classes: [1, 2, 4, 6] }", "")
            .replace("seeds: 3", "seeds: [3, 5]"));
    benchmark().run(failing(0, new ArrayList<>()), Schedule.DEFAULT, line -> {});
    var table = benchmark().report(Optional.empty());
    assertThat(table.trials()).containsExactly("1, seed 3", "1, seed 5");
    assertThat(table.texts().over()).isEqualTo("seeds");
    // Trials 0 (A, 3), 1 (B, 3), 2 (A, 5), 3 (B, 5) with 0.6, 0.7, 0.8, 0.9.
    assertThat(table.methods().get(0).perTrial(BenchmarkMetric.AUROC))
        .isEqualTo(Map.of("1, seed 3", 0.6, "1, seed 5", 0.8));
    var test = table.againstBaseline(table.methods().get(1), BenchmarkMetric.AUROC).orElseThrow();
    assertThat(test.difference().count()).isEqualTo(2);
    assertThat(table.remarks().warnings())
        .anyMatch(warning -> warning.contains("they say nothing about other classes"))
        .noneMatch(warning -> warning.startsWith("class splits share"));
  }

  @Test
  void planThatIsHalfDoneIsJudgedByWhatIsThere() throws IOException {
    files().write(benchmark().trial(0), result(benchmark().trial(0), 0.5));
    assertThat(benchmark().report(Optional.empty()).remarks().warnings())
        .anyMatch(warning -> warning.startsWith("only 1 trial: "));
  }

  @Test
  void missingTrialsAreNamed() {
    assertThat(benchmark().report(Optional.empty()).remarks().warnings())
        .contains(
            "4 missing: A, trial 1, seed 3; B, trial 1, seed 3; A, trial 2, seed 3; B, trial 2,"
                + " seed 3");
  }

  @Test
  void imagesThatAreNotThereAreFoundBeforeAnythingIsRun() {
    var attempts = new ArrayList<Integer>();
    var missing = folder.resolve("missing.npz");
    assertThatThrownBy(
            () ->
                benchmark("data.npz.path=" + missing)
                    .run(failing(0, attempts), Schedule.DEFAULT, line -> {}))
        .isInstanceOf(DataException.class)
        .hasMessageContaining(
            "missing.npz: no such file or folder; say where the images are, with the override data.npz.path=");
    assertThatThrownBy(
            () ->
                benchmark("data.medmnist.name=bloodmnist", "data.medmnist.directory=" + folder)
                    .run(failing(0, attempts), Schedule.DEFAULT, line -> {}))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("DataFolder.download(\"bloodmnist\", 28, \"" + folder);
    assertThat(attempts).isEmpty();
  }

  @Test
  void runThatWasTrainedByHandIsOnlyEvaluated() throws Exception {
    var benchmark = benchmark("training.epochs=1", "runtime.deterministic=true");
    var trial = benchmark.trial(0);
    Experiment.of(trial.experiment()).train(folders.run(trial).path());
    var trained = Files.readString(folders.run(trial).metrics());
    var outcome = benchmark.inThisProcess(TrialSettings.DEFAULT).run(trial);
    assertThat(outcome).isInstanceOf(TrialOutcome.Done.class);
    assertThat(Files.readString(folders.run(trial).metrics())).isEqualTo(trained);
    assertThat(benchmark.status().get(trial)).isInstanceOf(TrialState.Finished.class);
    assertThat(folders.run(trial).checkpoints()).doesNotExist();
    assertThat(folders.run(trial).predictions()).exists();
    assertThat(Files.readString(folders.result(trial)))
        .contains("command: \"openmargin benchmark run plan.textproto --set training.epochs=1")
        .doesNotContain(folder.toString(), System.getProperty("user.home") + "/");
  }

  @Test
  void trialThatIsToldToStopLeavesACheckpointAndGoesOnLater() throws InterruptedException {
    var benchmark = benchmark("training.epochs=1", "runtime.deterministic=true");
    var trial = benchmark.trial(0);
    var stop =
        new RunListener() {
          @Override
          public boolean interrupts() {
            return true;
          }
        };
    var stopping =
        new TrialSettings(Schedule.DEFAULT, false, of -> List.of(stop), UnaryOperator.identity());
    assertThat(benchmark.inThisProcess(stopping).run(trial)).isEqualTo(new TrialOutcome.Stopped());
    assertThat(benchmark.status().get(trial))
        .isEqualTo(
            new TrialState.Waiting(TrialState.Progress.STOPPED, "it goes on from its checkpoint"));
    assertThat(new Checkpoints(folders.run(trial).checkpoints(), 1).newest()).isPresent();
    assertThat(folders.result(trial)).doesNotExist();
    assertThat(benchmark.due(Schedule.DEFAULT)).isEqualTo(benchmark.trials());
    assertThat(benchmark.inThisProcess(TrialSettings.DEFAULT).run(trial))
        .isInstanceOf(TrialOutcome.Done.class);
    assertThat(folders.attempts(trial).claim()).doesNotExist();
    assertThat(folders.attempts(trial).last()).doesNotExist();
  }

  @Test
  void onlyWhatIsLeftIsDue() throws IOException {
    var trials = benchmark().trials();
    files().write(trials.get(0), result(trials.get(0), 0.5));
    files()
        .write(
            trials.get(2),
            TrialFailure.newBuilder()
                .setPlan("small")
                .setMethod("A")
                .setTrial("2")
                .setSeed(3)
                .setExperimentSha256(trials.get(2).digest())
                .setMessage("diverged")
                .build());
    assertThat(benchmark().due(Schedule.DEFAULT)).containsExactly(trials.get(1), trials.get(3));
    assertThat(benchmark().due(new Schedule(1, 0, true, false)))
        .containsExactly(trials.get(1), trials.get(2), trials.get(3));
    var due =
        new ProcessLock(folders.lock(trials.get(1)))
            .holding(() -> benchmark().due(Schedule.DEFAULT));
    assertThat(due).contains(List.of(trials.get(3)));
    assertThatThrownBy(() -> benchmark("training.epochs=3").due(Schedule.DEFAULT))
        .isInstanceOf(RunException.class)
        .hasMessageContaining("--replace-stale");
  }

  @Test
  void lookingAtATrialDoesNotGiveItsLockBack() {
    var lock = folders.lock(benchmark().trial(1));
    var seen =
        new ProcessLock(lock)
            .holding(
                () -> {
                  var running = new TrialState.Waiting(TrialState.Progress.RUNNING, "");
                  assertThat(benchmark().status()).containsEntry(benchmark().trial(1), running);
                  assertThat(benchmark().status()).containsEntry(benchmark().trial(1), running);
                  return true;
                });
    assertThat(seen).contains(true);
    assertThat(benchmark().status().get(benchmark().trial(1)))
        .isEqualTo(new TrialState.Waiting(TrialState.Progress.NOT_STARTED, ""));
  }

  @Test
  void trialThatAnotherProcessTrainsIsBusy() {
    var trial = benchmark().trial(1);
    var outcome =
        new ProcessLock(folders.lock(trial))
            .holding(
                () -> {
                  try {
                    return benchmark().inThisProcess(TrialSettings.DEFAULT).run(trial);
                  } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                  }
                });
    assertThat(outcome).contains(new TrialOutcome.Busy());
  }
}
