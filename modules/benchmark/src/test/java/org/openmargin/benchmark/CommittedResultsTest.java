package org.openmargin.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every committed result still matches its plan, by the digest of the resolved experiment. */
class CommittedResultsTest {
  private static final Path ROOT = Path.of("../..").toAbsolutePath().normalize();
  private static final Path RESULTS = ROOT.resolve("tools/benchmarks/results");

  static List<String> plans() throws IOException {
    try (var files = Files.list(RESULTS)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(".jsonl"))
          .map(name -> name.replace(".jsonl", ""))
          .sorted()
          .toList();
    }
  }

  private static Benchmark benchmark(String plan, Path results) {
    return Benchmark.read(ROOT.resolve("proto/benchmarks/" + plan + ".textproto"))
        .in(BenchmarkFolders.of(plan, results, Path.of("no-runs")));
  }

  private static List<String> lines(String plan) throws IOException {
    return Files.readAllLines(RESULTS.resolve(plan + ".jsonl"));
  }

  @Test
  void thereAre278ResultsOf12Plans() throws IOException {
    assertThat(plans()).hasSize(12);
    var count = 0;
    for (var plan : plans()) {
      count += lines(plan).size();
    }
    assertThat(count).isEqualTo(278);
  }

  @ParameterizedTest
  @MethodSource("plans")
  void everyLineIsAFinishedTrialOfThePlan(String plan) throws IOException {
    var finished =
        benchmark(plan, RESULTS).status().entrySet().stream()
            .filter(state -> state.getValue() instanceof TrialState.Finished)
            .toList();
    assertThat(finished)
        .hasSameSizeAs(lines(plan))
        .allSatisfy(
            entry ->
                assertThat(((TrialState.Finished) entry.getValue()).result().getExperimentSha256())
                    .isEqualTo(entry.getKey().digest()));
  }

  @ParameterizedTest
  @MethodSource("plans")
  void collectingAgainGivesTheSameBytes(String plan, @TempDir Path folder) throws IOException {
    var packed = RESULTS.resolve(plan + ".jsonl");
    var copy = Files.copy(packed, folder.resolve(plan + ".jsonl"));
    assertThat(benchmark(plan, folder).collect()).isZero();
    assertThat(copy).hasSameBinaryContentAs(packed);
  }
}
