package org.openmargin.benchmark.rehearsal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.openmargin.config.v1.ExperimentConfig;

class RankingTest {
  private static final int MANY = 1_000_000;

  private final Map<Candidate, List<Figures>> figures = new LinkedHashMap<>();

  private static Candidate candidate(String name) {
    return new Candidate(name, "score", List.of(), ExperimentConfig.getDefaultInstance());
  }

  private void add(String name, double acc, double black, double... aurocs) {
    add(name, acc, black, MANY, aurocs);
  }

  private void add(String name, double acc, double black, int images, double... aurocs) {
    figures.put(
        candidate(name),
        IntStream.range(0, aurocs.length)
            .mapToObj(
                i ->
                    new Figures(
                        "fold " + i, 0, aurocs[i], 0.5, 0.05, acc, images, Map.of("black", black)))
            .toList());
  }

  private Ranking ranking() {
    return Ranking.of(figures);
  }

  private static String name(MeasuredCandidate measured) {
    return measured.candidate().training();
  }

  @Test
  void ranksAreAveragedOverRoundsAndTiesShareThem() {
    add("a", 0.9, 1, 0.9, 0.7, 0.8);
    add("b", 0.9, 1, 0.9, 0.8, 0.7);
    add("c", 0.9, 1, 0.5, 0.6, 0.9);
    // Ranks: a 1.5 2 2; b 1.5 1 3; c 3 3 1.
    assertThat(ranking().candidates()).extracting(RankingTest::name).containsExactly("a", "b", "c");
    assertThat(ranking().candidates().get(0).meanRank()).isEqualTo(5.5 / 3, within(1e-12));
    assertThat(ranking().candidates().get(2).meanRank()).isEqualTo(7.0 / 3, within(1e-12));
  }

  @Test
  void equalRanksAreDecidedByMeanAuroc() {
    add("a", 0.9, 1, 0.9, 0.7);
    add("b", 0.9, 1, 0.8, 0.75);
    assertThat(name(ranking().chosen())).isEqualTo("a");
    add("a", 0.9, 1, 0.81, 0.7);
    assertThat(name(ranking().chosen())).isEqualTo("b");
  }

  @Test
  void whatCostsKnownAccuracyIsNotChosen() {
    add("turns", 0.9869, 1, 0.9);
    add("no turns", 0.99, 1, 0.8);
    assertThat(name(ranking().chosen())).isEqualTo("no turns");
    assertThat(ranking().excluded().values()).containsExactly("accuracy 0.3 points below the best");
    add("turns", 0.987, 1, 0.9);
    assertThat(name(ranking().chosen())).as("exactly 0.3 points").isEqualTo("turns");
  }

  @Test
  void fewImagesCannotTellSmallDifferencesOfAccuracy() {
    // One standard error at 0.9 of 100 images: 3 points.
    add("turns", 0.875, 1, 100, 0.9);
    add("no turns", 0.9, 1, 100, 0.8);
    assertThat(name(ranking().chosen())).isEqualTo("turns");
    add("turns", 0.865, 1, 100, 0.9);
    assertThat(name(ranking().chosen())).isEqualTo("no turns");
  }

  @Test
  void whatAcceptsForeignImagesIsNotChosenUnlessAllDo() {
    add("open", 0.9, 0.94, 0.9);
    add("guarded", 0.9, 0.95, 0.8);
    assertThat(name(ranking().chosen())).isEqualTo("guarded");
    assertThat(ranking().passesForeign()).isTrue();
    assertThat(ranking().excluded().values()).containsExactly("rejects 94 % of black");
    add("guarded", 0.9, 0.5, 0.8);
    assertThat(name(ranking().chosen())).isEqualTo("open");
    assertThat(ranking().passesForeign()).isFalse();
  }
}
