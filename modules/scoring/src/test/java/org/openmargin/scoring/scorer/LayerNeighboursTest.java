package org.openmargin.scoring.scorer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.openmargin.scoring.Head;
import org.openmargin.scoring.Predictions;
import org.openmargin.scoring.Truth;
import org.openmargin.scoring.numeric.Shrinkage;
import org.openmargin.scoring.training.TrainingOutputs;

/** kNN and ViM of layers against sums written out. */
class LayerNeighboursTest {
  private static final int ROWS = 40;
  private static final Predictions TRAINING = drawn(ROWS, 1);
  private static final Predictions QUERIES = drawn(7, 2);

  /** Two features of 3 and 5 numbers, each with its own unit and offset. */
  private static Predictions drawn(int rows, long seed) {
    var random = new Random(seed);
    var labels = IntStream.range(0, rows).map(row -> row % 2).toArray();
    var names = IntStream.of(labels).mapToObj(label -> "ab".substring(label, label + 1)).toList();
    var ids = IntStream.range(0, rows).mapToObj(Integer::toString).toList();
    var logits = normal(random, rows, 2, 3, 4);
    var features =
        Map.of("stem", normal(random, rows, 3, 100, 7), "stain", normal(random, rows, 5, 0.1, 0));
    return new Predictions(
        Head.linear(List.of("a", "b")),
        new Truth(ids, labels, names),
        logits,
        normal(random, rows, 2, 1, 0),
        features);
  }

  private static float[][] normal(Random random, int rows, int size, double unit, double offset) {
    return IntStream.range(0, rows)
        .mapToObj(
            row -> {
              var x = new float[size];
              for (int i = 0; i < size; i++) {
                x[i] = (float) (offset + unit * (i + 1) * random.nextGaussian());
              }
              return x;
            })
        .toArray(float[][]::new);
  }

  private static TrainedHead trained() {
    return new TrainedHead(
        TRAINING.head(),
        Optional.of(new TrainingOutputs(TRAINING)),
        Optional.empty(),
        Optional.empty());
  }

  private static double[] scores(ScorerType type, ScorerSetting setting, int value) {
    var layers =
        new LayerSettings(
            List.of("stem", "stain"),
            List.of(),
            new Shrinkage.LedoitWolf(),
            Combination.Rule.FISHER,
            Optional.empty());
    var settings =
        new ScorerSettings(MaxProbability.Domain.LOG, Map.of(setting, (double) value), layers);
    var scorer = type.scorer(trained(), settings);
    assertThat(scorer.type()).isEqualTo(type);
    assertThat(scorer.formula()).contains("stem, stain");
    return scorer.unknownScores(QUERIES);
  }

  @Test
  void knnIsTheMeanOfTheFeaturesCosines() {
    var expected = new double[QUERIES.size()];
    for (var name : List.of("stem", "stain")) {
      var bank = TRAINING.feature(name);
      for (int q = 0; q < expected.length; q++) {
        var query = standardised(bank, QUERIES.feature(name)[q]);
        var cosines =
            Arrays.stream(bank)
                .mapToDouble(row -> cosine(query, standardised(bank, row)))
                .sorted()
                .toArray();
        expected[q] -= cosines[ROWS - 4] / 2;
      }
    }
    assertThat(scores(ScorerType.LAYER_KNN, ScorerSetting.KNN_NEIGHBOURS, 4))
        .containsExactly(expected, within(1e-6));
  }

  @Test
  void moreNeighboursThanImagesMeanAll() {
    assertThat(scores(ScorerType.LAYER_KNN, ScorerSetting.KNN_NEIGHBOURS, 1000))
        .containsExactly(scores(ScorerType.LAYER_KNN, ScorerSetting.KNN_NEIGHBOURS, ROWS));
  }

  /** With D = 2 of 3 numbers one direction is left: that of the least variance. */
  @Test
  void vimIsTheVirtualLogitOfTheLeastDirections() {
    var layers = List.of("stem");
    var scorer = LayerVim.fit(new TrainingOutputs(TRAINING), layers, 2);
    var bank = TRAINING.feature("stem");
    var z = Arrays.stream(bank).map(row -> standardised(bank, row)).toArray(double[][]::new);
    var least = leastDirection(z);
    double logits = 0;
    double residuals = 0;
    for (int i = 0; i < ROWS; i++) {
      logits += Math.max(TRAINING.logits()[i][0], TRAINING.logits()[i][1]);
      residuals += Math.abs(dot(least, z[i]));
    }
    var actual = scorer.unknownScores(QUERIES);
    for (int q = 0; q < actual.length; q++) {
      var query = standardised(bank, QUERIES.feature("stem")[q]);
      var row = QUERIES.logits()[q];
      double expected =
          logits / residuals * Math.abs(dot(least, query))
              - Math.log(Math.exp(row[0]) + Math.exp(row[1]));
      assertThat(actual[q]).isCloseTo(expected, within(1e-6));
    }
  }

  /** Half of the stem's three numbers is one, half of the five is two. */
  @Test
  void vimTakesHalfOfAFeatureThatIsNotLarger() {
    assertThat(scores(ScorerType.LAYER_VIM, ScorerSetting.VIM_DIMENSIONS, 5))
        .containsExactly(scores(ScorerType.LAYER_VIM, ScorerSetting.VIM_DIMENSIONS, 0));
  }

  @Test
  void aGaussianIsFittedOnce() {
    var head = trained();
    var shrinkage = new Shrinkage.Oas();
    assertThat(head.gaussians("stem", shrinkage)).isSameAs(head.gaussians("stem", shrinkage));
    assertThat(head.withValidation(TRAINING).gaussians("stem", new Shrinkage.Oas()))
        .isSameAs(head.gaussians("stem", shrinkage));
    assertThat(head.gaussians("stem", new Shrinkage.Fixed(0.5)))
        .isNotSameAs(head.gaussians("stem", new Shrinkage.Fixed(0.4)));
  }

  /** Power iteration on t I - S, whose largest eigenvalue belongs to the least of S. */
  private static double[] leastDirection(double[][] z) {
    var covariance = new double[3][3];
    for (var row : z) {
      for (int i = 0; i < 3; i++) {
        for (int j = 0; j < 3; j++) {
          covariance[i][j] += row[i] * row[j] / z.length;
        }
      }
    }
    double trace = covariance[0][0] + covariance[1][1] + covariance[2][2];
    double[] v = {1, 0.5, 0.25};
    for (int step = 0; step < 20_000; step++) {
      var next = new double[3];
      for (int i = 0; i < 3; i++) {
        next[i] = trace * v[i] - dot(covariance[i], v);
      }
      double length = Math.sqrt(dot(next, next));
      for (int i = 0; i < 3; i++) {
        v[i] = next[i] / length;
      }
    }
    return v;
  }

  private static double[] standardised(float[][] bank, float[] x) {
    var result = new double[x.length];
    for (int i = 0; i < x.length; i++) {
      int at = i;
      double mean = Arrays.stream(bank).mapToDouble(row -> row[at]).average().orElseThrow();
      double variance =
          Arrays.stream(bank)
              .mapToDouble(row -> (row[at] - mean) * (row[at] - mean))
              .average()
              .orElseThrow();
      result[i] = (x[i] - mean) / Math.sqrt(variance);
    }
    return result;
  }

  private static double cosine(double[] a, double[] b) {
    return dot(a, b) / Math.sqrt(dot(a, a) * dot(b, b));
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }
}
