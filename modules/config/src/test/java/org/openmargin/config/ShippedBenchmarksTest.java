package org.openmargin.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.openmargin.config.plan.BenchmarkPlan;
import org.openmargin.config.plan.PlannedTrial;
import org.openmargin.config.v1.BenchmarkConfig;

class ShippedBenchmarksTest {
  private static final Path FOLDER = Path.of("../../proto/benchmarks");

  static Stream<Path> shipped() throws IOException {
    try (var files = Files.walk(FOLDER)) {
      return files
          .filter(file -> file.toString().endsWith(".textproto"))
          .sorted()
          .toList()
          .stream();
    }
  }

  private static BenchmarkPlan plan(String name) {
    return BenchmarkPlan.read(FOLDER.resolve(name + ".textproto"), List.of());
  }

  @Test
  void everyTableAndFigureHasAPlanByThePaperAndOneForACpu() throws IOException {
    assertThat(shipped())
        .extracting(file -> file.getFileName().toString().replace(".textproto", ""))
        .containsExactlyInAnyOrder(
            "bloodcells-floor-64px-cpu",
            "bloodcells-floor-rehearsal-64px-cpu",
            "bloodcells-unknown-64px-cpu",
            "bloodmnist-ablation",
            "bloodmnist-ablation-cpu",
            "bloodmnist-balanced14-cpu",
            "bloodmnist-best-cpu",
            "bloodmnist-floor-cpu",
            "bloodmnist-floor-rehearsal-cpu",
            "bloodmnist-collapse-cpu",
            "bloodmnist-gap-cpu",
            "bloodmnist-parts-rehearsal-cpu",
            "bloodmnist-readings",
            "bloodmnist-readings-cpu",
            "bloodmnist-rehearsal-cpu",
            "bloodmnist-seeds-cpu",
            "bloodmnist-table1",
            "bloodmnist-table1-cpu",
            "bloodmnist-table1-long",
            "bloodmnist-unknown-cpu",
            "octmnist-table1",
            "octmnist-table1-cpu",
            "scale",
            "scale-cpu",
            "sweeps",
            "sweeps-cpu");
  }

  @ParameterizedTest
  @MethodSource("shipped")
  void isNamedAfterItsFileAndResolvesWithoutWarnings(Path file) {
    var plan = BenchmarkPlan.read(file, List.of());
    assertThat(file.getFileName()).hasToString(plan.name() + ".textproto");
    assertThat(plan.warnings()).isEmpty();
    assertThat(plan.trials())
        .hasSize(
            plan.config().getMethodsCount()
                * plan.config().getTrialsCount()
                * plan.config().getSeedsCount());
    assertThat(plan.trials().stream().map(PlannedTrial::digest)).doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @MethodSource("shipped")
  void saysHowToRunIt(Path file) throws IOException {
    assertThat(Files.readString(file))
        .startsWith("# proto-file: openmargin/v1/benchmark.proto\n")
        .contains("#   tools/openmargin benchmark run proto/benchmarks/" + file.getFileName());
  }

  @Test
  void publishedFiguresAreThePapers() {
    assertThat(published("bloodmnist-table1"))
        .containsEntry("Softmax", "98.0 84.3 84.4")
        .containsEntry("GCPL", "98.1 85.5 85.0")
        .containsEntry("RPL", "98.0 86.8 86.3")
        .containsEntry("ARPL+CS", "98.5 87.6 87.1")
        .containsEntry("DIAS", "98.4 86.3 85.7")
        .containsEntry("OMCL", "98.3 88.6 88.0")
        .hasSize(6)
        .isEqualTo(published("bloodmnist-table1-cpu"));
    assertThat(published("octmnist-table1"))
        .containsEntry("Softmax", "94.3 64.1 62.8")
        .containsEntry("GCPL", "94.8 65.5 64.2")
        .containsEntry("RPL", "93.7 65.9 64.2")
        .containsEntry("ARPL+CS", "95.9 77.7 75.8")
        .containsEntry("DIAS", "96.0 74.1 72.5")
        .containsEntry("OMCL", "96.8 78.9 77.8")
        .hasSize(6);
  }

  private static Map<String, String> published(String plan) {
    return plan(plan).config().getMethodsList().stream()
        .filter(BenchmarkConfig.Method::hasPublished)
        .collect(
            Collectors.toMap(
                BenchmarkConfig.Method::getName,
                method ->
                    "%.1f %.1f %.1f"
                        .formatted(
                            100 * method.getPublished().getAcc(),
                            100 * method.getPublished().getAuroc(),
                            100 * method.getPublished().getOscr())));
  }

  @Test
  void balancedSplitsAreASteinerSystem() {
    var splits =
        plan("bloodmnist-balanced14-cpu").config().getTrialsList().stream()
            .map(trial -> Set.copyOf(trial.getKnownClassesList()))
            .toList();
    assertThat(splits).hasSize(14).doesNotHaveDuplicates();
    for (var a = 0; a < 8; a++) {
      for (var b = a + 1; b < 8; b++) {
        for (var c = b + 1; c < 8; c++) {
          var three = Set.of(a, b, c);
          assertThat(splits).filteredOn(split -> split.containsAll(three)).hasSize(1);
        }
      }
    }
    for (var split : splits) {
      var others = IntStream.range(0, 8).boxed().filter(id -> !split.contains(id)).toList();
      assertThat(split.stream().reduce(0, (a, b) -> a ^ b)).isZero();
      assertThat(splits).contains(Set.copyOf(others));
    }
  }

  @Test
  void protocolsAreThoseThatWereAgreedOn() {
    var paper = plan("bloodmnist-table1").trials().get(0).experiment();
    var cpu = plan("bloodmnist-table1-cpu").trials().get(0).experiment();
    var along = plan("bloodmnist-table1-long").trials().get(0).experiment();
    assertThat(paper.getTraining().getEpochs()).isEqualTo(200);
    assertThat(paper.getData().getImageSizePx()).isEqualTo(32);
    assertThat(cpu.getTraining().getEpochs()).isEqualTo(20);
    assertThat(cpu.getData().getImageSizePx()).isEqualTo(28);
    assertThat(Experiments.diff(cpu, along))
        .allMatch(line -> line.matches("(name|training\\.epochs): .*"));
    assertThat(plan("octmnist-table1").trials().get(0).experiment().getTraining().getEpochs())
        .isEqualTo(100);
  }
}
