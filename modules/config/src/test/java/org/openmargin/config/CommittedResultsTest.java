package org.openmargin.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.openmargin.config.plan.BenchmarkPlan;
import org.openmargin.config.plan.PlannedTrial;

/**
 * Days of training lie in the committed results: a change of the schema or of the digest must not
 * invalidate them. Only the digests are read, so that the form of the files does not matter.
 */
class CommittedResultsTest {
  private static final Path RESULTS = Path.of("../../tools/benchmarks/results");
  private static final Path PLANS = Path.of("../../proto/benchmarks");
  private static final Pattern DIGEST =
      Pattern.compile("\"?experiment_?[sS]ha256\"?\\s*:\\s*\"([0-9a-f]{64})\"");

  @Test
  void everyCommittedResultHasTheDigestOfATrialOfItsPlan() throws IOException {
    Map<String, Set<String>> committed = committed();
    assertThat(committed).hasSizeGreaterThanOrEqualTo(8);
    committed.forEach(
        (plan, digests) -> assertThat(planned(plan)).as(plan).isNotEmpty().containsAll(digests));
    assertThat(committed.values().stream().mapToInt(Set::size).sum()).isGreaterThan(150);
  }

  /** Digests by the name of the plan: the folder's, or the file's before its ending. */
  private static Map<String, Set<String>> committed() throws IOException {
    Map<String, Set<String>> committed = new TreeMap<>();
    try (Stream<Path> files = Files.walk(RESULTS)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        String plan = RESULTS.relativize(file).getName(0).toString().replaceFirst("[.].*", "");
        DIGEST
            .matcher(Files.readString(file))
            .results()
            .forEach(
                found -> committed.computeIfAbsent(plan, p -> new TreeSet<>()).add(found.group(1)));
      }
    }
    return committed;
  }

  private static Set<String> planned(String plan) {
    return BenchmarkPlan.read(PLANS.resolve(plan + ".textproto"), List.of()).trials().stream()
        .map(PlannedTrial::digest)
        .collect(Collectors.toSet());
  }
}
