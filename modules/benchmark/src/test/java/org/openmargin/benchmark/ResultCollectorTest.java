package org.openmargin.benchmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openmargin.config.plan.PlannedTrial;
import org.openmargin.config.v1.EvaluationReport;
import org.openmargin.config.v1.TrialResult;
import org.openmargin.experiment.folder.ProcessLock;
import org.openmargin.experiment.folder.RunException;
import org.openmargin.report.ReportException;

class ResultCollectorTest {
  private static final Path TINY =
      Path.of("../../proto/experiments/synthetic/tiny.textproto").toAbsolutePath().normalize();

  @TempDir private Path folder;

  private Path plan;
  private BenchmarkFolders folders;

  @BeforeEach
  void writePlan() throws IOException {
    folders = BenchmarkFolders.of("small", folder.resolve("results"), folder.resolve("runs"));
    plan =
        Files.writeString(
            folder.resolve("plan.textproto"),
            """
            name: "small"
            experiment: "%s"
            methods { name: "Z" set: "loss.softmax={}" }
            methods { name: "A" }
            trials { name: "2" known_classes: [0, 2, 4, 6] }
            trials { name: "1" known_classes: [1, 2, 4, 6] }
            seeds: 3
            seeds: 1
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
                .setAcc(2 / 3.0)
                .setEce(2 / 3.0)
                .setSelectedScorer("max_logit")
                .addScorers(
                    EvaluationReport.ScorerResult.newBuilder()
                        .setName("max_logit")
                        .setAuroc(auroc)
                        .setOscr(auroc / 2)
                        .setFprAt95Tpr(1e-7 / 3)))
        .build();
  }

  private void write(int... indices) {
    for (var index : indices) {
      var trial = benchmark().trial(index);
      new TrialFiles("small", folders).write(trial, result(trial, 0.1 * (index + 1)));
    }
  }

  private Path single(int index) {
    return folders.result(benchmark().trial(index));
  }

  @Test
  void resultsBecomeLinesSortedByMethodSplitAndSeed() throws IOException {
    write(0, 1, 2, 3, 4, 5, 6, 7);
    var before = benchmark().status();
    assertThat(benchmark().collect()).isEqualTo(8);
    assertThat(folders.packed()).isEqualTo(folder.resolve("results/small.jsonl"));
    assertThat(folders.results()).doesNotExist();
    assertThat(benchmark().status()).isEqualTo(before);
    assertThat(Files.readAllLines(folders.packed()))
        .extracting(
            line ->
                line.replaceAll(
                    ".*\"method\":\"(.)\",\"trial\":\"(.)\",\"seed\":\"(.)\".*", "$1$2$3"))
        .containsExactly("Z21", "Z23", "Z11", "Z13", "A21", "A23", "A11", "A13");
  }

  @Test
  void figuresHaveSixDigitsButThoseThatTablesAreComputedFromAreExact() throws IOException {
    write(0);
    benchmark().collect();
    assertThat(folders.packed())
        .content()
        .contains("\"acc\":0.6666666666666666,", "\"ece\":0.666667", "\"fprAt95Tpr\":3.33333E-8")
        .contains("\"auroc\":0.1,", benchmark().trial(0).digest())
        .doesNotContain(" ");
  }

  @Test
  void laterResultsAreAddedAndCollectingAgainGivesTheSameBytes() throws IOException {
    write(0, 3);
    benchmark().collect();
    write(1);
    assertThat(benchmark().status().values())
        .filteredOn(TrialState.Finished.class::isInstance)
        .hasSize(3);
    assertThat(benchmark().collect()).isEqualTo(1);
    var bytes = Files.readAllBytes(folders.packed());
    assertThat(benchmark().collect()).isEqualTo(0);
    assertThat(folders.packed()).hasBinaryContent(bytes);
  }

  @Test
  void equalResultsInBothFormsAreOneAndDifferentOnesAreAnError() throws IOException {
    write(0);
    var text = Files.readString(single(0));
    benchmark().collect();
    Files.createDirectories(single(0).getParent());
    Files.writeString(single(0), text);
    assertThat(benchmark().status().get(benchmark().trial(0)))
        .isInstanceOf(TrialState.Finished.class);
    assertThat(benchmark().collect()).isEqualTo(1);
    Files.createDirectories(single(0).getParent());
    Files.writeString(single(0), text.replace("acc: 0.666", "acc: 0.667"));
    var both =
        "%s and %s, line 1 hold different results of Z, trial 2, seed 3; remove one of them"
            .formatted(single(0), folders.packed());
    assertThatThrownBy(() -> benchmark().status())
        .isInstanceOf(RunException.class)
        .hasMessage(both);
    assertThatThrownBy(() -> benchmark().collect())
        .isInstanceOf(RunException.class)
        .hasMessage("nothing was collected: " + both);
  }

  @Test
  void damagedForeignAndOutdatedResultsAreRefusedAndNothingIsChanged() throws IOException {
    write(0, 1, 2, 3);
    Files.writeString(single(1), Files.readString(single(1)).replace("  acc: ", "  unheard_of: "));
    Files.writeString(single(2), Files.readString(single(0)));
    var foreign = Files.writeString(folders.results().resolve("foreign.textproto"), "");
    var kept = Files.readString(single(0));
    assertThatThrownBy(() -> benchmark().collect())
        .isInstanceOf(RunException.class)
        .hasMessageStartingWith("nothing was collected: ")
        .hasMessageContaining(single(1) + ": the result is damaged: ")
        .hasMessageContaining("unheard_of")
        .hasMessageContaining(single(2) + ": the result belongs to small: Z, trial 2, seed 3")
        .hasMessageContaining(foreign + ": the plan has no such trial");
    assertThatThrownBy(() -> benchmark("training.epochs=1").collect())
        .hasMessageContaining(single(3) + ": the plan or its experiment has changed since");
    assertThat(folders.packed()).doesNotExist();
    assertThat(single(0)).hasContent(kept);
    assertThat(folders.collecting()).doesNotExist();
  }

  @Test
  void linesThatAreDamagedForeignOrTwiceThereAreRefused() throws IOException {
    write(0, 1);
    benchmark().collect();
    var lines = Files.readAllLines(folders.packed());
    var wrong = "%s, line %d".formatted(folders.packed(), 2);
    Files.writeString(folders.packed(), lines.get(0) + "\n" + lines.get(1).substring(0, 99));
    assertThatThrownBy(() -> benchmark().report(Optional.empty()))
        .isInstanceOf(ReportException.class)
        .hasMessage(wrong + " is damaged: it is not valid JSON");
    Files.writeString(folders.packed(), lines.get(0) + "\n" + lines.get(0));
    assertThatThrownBy(() -> benchmark().report(Optional.empty()))
        .hasMessage(wrong + ": a second result of Z, trial 2, seed 3");
    Files.writeString(folders.packed(), lines.get(0) + "\n" + lines.get(1).replace("small", "x"));
    assertThatThrownBy(() -> benchmark().report(Optional.empty()))
        .hasMessage(wrong + ": result of plan x, not of small");
    var other = lines.get(1).replace("\"method\":\"A\"", "\"method\":\"B\"");
    Files.writeString(folders.packed(), lines.get(0) + "\n" + other);
    assertThatThrownBy(() -> benchmark().collect())
        .hasMessage(
            "nothing was collected: %s: the plan has no B, trial 2, seed 3".formatted(wrong));
  }

  @Test
  void outdatedLineIsStaleUntilANewResultReplacesIt() throws IOException {
    write(0, 1);
    benchmark().collect();
    var longer = benchmark("training.epochs=1");
    var trial = longer.trial(0);
    assertThat(longer.status().get(trial))
        .isEqualTo(
            new TrialState.Stale(
                folders.packed(), "line 1: the plan or its experiment has changed since"));
    new TrialFiles("small", folders).write(trial, result(trial, 0.7));
    assertThat(longer.status().get(trial)).isInstanceOf(TrialState.Finished.class);
    assertThatThrownBy(longer::collect)
        .hasMessageContaining("line 2: the plan or its experiment has changed since");
    new TrialFiles("small", folders).write(longer.trial(1), result(longer.trial(1), 0.7));
    assertThat(longer.collect()).isEqualTo(2);
  }

  @Test
  void failuresStayAndWithoutResultsThereIsNothingToCollect() throws IOException {
    var failure = folders.failure(benchmark().trial(0));
    Files.createDirectories(failure.getParent());
    Files.writeString(failure, "");
    assertThatThrownBy(() -> benchmark().collect())
        .isInstanceOf(RunException.class)
        .hasMessage("no results in " + folders.results());
    assertThat(failure).exists();
  }

  @Test
  void onlyOneProcessCollectsAtATime() {
    write(0);
    var outcome =
        new ProcessLock(folders.collecting())
            .holding(
                () ->
                    assertThatThrownBy(() -> benchmark().collect())
                        .hasMessage("another process is collecting these results"));
    assertThat(outcome).isPresent();
  }
}
