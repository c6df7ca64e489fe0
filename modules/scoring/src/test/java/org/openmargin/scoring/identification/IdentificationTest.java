package org.openmargin.scoring.identification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class IdentificationTest {
  private final Random random = new Random(5);

  private Identifications answers(int genuine, int impostors) {
    var right = new boolean[genuine];
    for (var i = 0; i < genuine; i++) {
      right[i] = random.nextDouble() < 0.8;
    }
    return new Identifications(
        random.doubles(genuine).map(x -> 0.3 + 0.7 * x).toArray(),
        right,
        random.doubles(impostors).map(x -> 0.7 * x).toArray());
  }

  /** The best over all thresholds that accept no more impostors than the rate allows. */
  private static double tpir(Identifications answers, double fpir) {
    return Arrays.stream(answers.impostors())
        .filter(
            t ->
                Arrays.stream(answers.impostors()).filter(x -> x > t).count()
                    <= fpir * answers.impostors().length + 1e-9)
        .map(
            t ->
                IntStream.range(0, answers.right().length)
                        .filter(i -> answers.right()[i] && answers.genuine()[i] > t)
                        .count()
                    / (double) answers.right().length)
        .max()
        .orElseThrow();
  }

  @Test
  void tpirIsTheBestOfAllThresholdsThatTheRateAllows() {
    for (var trial = 0; trial < 20; trial++) {
      var answers = answers(50, 100 + trial);
      assertThat(IdentificationMetric.TPIR_AT_FPIR_01.of(answers).orElseThrow())
          .isEqualTo(tpir(answers, 0.01));
      assertThat(IdentificationMetric.TPIR_AT_FPIR_10.of(answers).orElseThrow())
          .isEqualTo(tpir(answers, 0.1));
    }
  }

  @Test
  void aRateThatNoImpostorCanMeetHasNoNumber() {
    assertThat(IdentificationMetric.TPIR_AT_FPIR_01.of(answers(9, 99))).isEmpty();
    assertThat(IdentificationMetric.TPIR_AT_FPIR_01.of(answers(9, 100))).isPresent();
    assertThat(IdentificationMetric.TPIR_AT_FPIR_10.of(answers(9, 0))).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(IdentificationMetric.class)
  void aPerfectGalleryHasOneAndAUselessOneZero(IdentificationMetric metric) {
    var high = new double[] {0.9, 0.8};
    var low = IntStream.range(0, 100).mapToDouble(i -> i / 1000.0).toArray();
    assertThat(metric.of(new Identifications(high, new boolean[] {true, true}, low))).hasValue(1);
    assertThat(metric.of(new Identifications(high, new boolean[2], low))).hasValue(0);
  }

  @Test
  void accuracyCountsRightAnswers() {
    var answers =
        new Identifications(new double[4], new boolean[] {true, false, true, true}, new double[0]);
    assertThat(IdentificationMetric.ACCURACY.of(answers)).hasValue(0.75);
  }

  @Test
  void impossibleAnswersAreRefused() {
    assertThatThrownBy(() -> new Identifications(new double[0], new boolean[0], new double[1]))
        .hasMessageContaining("no probe");
    assertThatThrownBy(() -> new Identifications(new double[1], new boolean[2], new double[1]))
        .hasMessageContaining("1 genuine similarities, but 2 answers");
    assertThatThrownBy(
            () -> new Identifications(new double[1], new boolean[1], new double[] {Double.NaN}))
        .hasMessageContaining("not finite");
  }

  /**
   * Figures of NumPy, by the formulas of the paper: cosines sorted by {@code numpy.argsort(-s[q],
   * kind='stable')}, precision at i by {@code cumsum(rel) / arange(1, R + 1)}.
   */
  @Test
  void retrievalIsThatOfTheFormulas() {
    var labels = IntStream.range(0, 24).map(i -> i * i % 5).toArray();
    var embeddings = new float[24][6];
    for (var i = 0; i < 24; i++) {
      for (var j = 0; j < 6; j++) {
        embeddings[i][j] = (float) Math.sin(1 + 3 * i + 7 * j * (1 + labels[i]));
      }
    }
    var retrieval = Retrieval.of(embeddings, labels);

    assertThat(retrieval.queries()).isEqualTo(24);
    assertThat(retrieval.recallAt1()).isCloseTo(0.9583333333333334, within(1e-9));
    assertThat(retrieval.rPrecision()).isCloseTo(0.3854166666666667, within(1e-9));
    assertThat(retrieval.mapAtR()).isCloseTo(0.3462770061728395, within(1e-9));
  }

  @Test
  void retrievalOfSeparateClassesIsPerfectAndSingleImagesAreNoQueries() {
    var embeddings = new float[][] {{1, 0, 0}, {2, 0, 0}, {0, 1, 0}, {0, 3, 0}, {0, 0, 1}};
    var retrieval = Retrieval.of(embeddings, new int[] {4, 4, -1, -1, 9});

    assertThat(retrieval).isEqualTo(new Retrieval(1, 1, 1, 4));
    assertThatThrownBy(() -> Retrieval.of(embeddings, new int[] {0, 1, 2, 3, 4}))
        .hasMessageContaining("no class has two images");
  }
}
