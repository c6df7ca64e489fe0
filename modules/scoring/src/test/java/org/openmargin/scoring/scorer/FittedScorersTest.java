package org.openmargin.scoring.scorer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.openmargin.scoring.Head;
import org.openmargin.scoring.Predictions;
import org.openmargin.scoring.Truth;
import org.openmargin.scoring.training.LinearHead;
import org.openmargin.scoring.training.TrainingOutputs;

class FittedScorersTest {
  private static final TrainingOutputs TRAINING = ScorerOracle.training();

  @Test
  void everyScorerGivesTheNumbersOfNumpyScipyAndScikitLearn() {
    assertScores(new Entropy(ScorerOracle.HEAD), ScorerOracle.ENTROPY);
    assertScores(new Odin(ScorerOracle.HEAD, 1000), ScorerOracle.ODIN_1000);
    assertScores(new Gen(ScorerOracle.HEAD, 0.1, 0), ScorerOracle.GEN);
    assertScores(new Gen(ScorerOracle.HEAD, 0.5, 2), ScorerOracle.GEN_TOP_2_EXPONENT_HALF);
    assertScores(PrototypeDistance.fit(TRAINING), ScorerOracle.PROTOTYPE_DISTANCE);
    assertScores(Mahalanobis.fit(TRAINING), ScorerOracle.MAHALANOBIS);
    assertScores(RelativeMahalanobis.fit(TRAINING), ScorerOracle.RELATIVE_MAHALANOBIS);
    assertScores(GaussianDensity.fit(TRAINING, 0.5, 0.01), ScorerOracle.GAUSSIAN_DENSITY);
    assertScores(
        GaussianDensity.fit(TRAINING, 0, 0.1), ScorerOracle.GAUSSIAN_DENSITY_UNPOOLED_RIDGE_TENTH);
    assertScores(Knn.fit(TRAINING, 1), ScorerOracle.KNN_1);
    assertScores(Knn.fit(TRAINING, 3), ScorerOracle.KNN_3);
    assertScores(Knn.fit(TRAINING, 18), ScorerOracle.KNN_18);
    assertScores(NnGuide.fit(TRAINING, 1, 1), ScorerOracle.NNGUIDE_1);
    assertScores(NnGuide.fit(TRAINING, 1, 10), ScorerOracle.NNGUIDE_10);
    assertScores(NnGuide.fit(TRAINING, 0.5, 3), ScorerOracle.NNGUIDE_3_OF_HALF);
  }

  @Test
  void scorersOfADenseHeadGiveTheNumbersOfNumpyAndScipy() {
    var dense = ScorerOracle.dense();
    assertScores(Vim.fit(TRAINING, dense, 0), ScorerOracle.VIM_2);
    assertScores(Vim.fit(TRAINING, dense, 2), ScorerOracle.VIM_2);
    assertScores(Vim.fit(TRAINING, dense, 3), ScorerOracle.VIM_3);
    assertScores(React.fit(TRAINING, dense, 0.9, 1), ScorerOracle.REACT);
    assertScores(React.fit(TRAINING, dense, 0.5, 2), ScorerOracle.REACT_MEDIAN_TEMPERATURE_2);
    assertScores(OpenMax.fit(TRAINING, 3, 0), ScorerOracle.OPENMAX_TAIL_3);
    assertScores(OpenMax.fit(TRAINING, 20, 2), ScorerOracle.OPENMAX_TAIL_20_TOP_2);
  }

  @Test
  void scorersOfACosineHeadUseNormalisedEmbeddings() {
    assertScores(
        Vim.fit(ScorerOracle.cosineTraining(), ScorerOracle.cosine(), 2),
        ScorerOracle.COSINE_LOGITS,
        ScorerOracle.VIM_2_COSINE);
    assertScores(
        React.fit(ScorerOracle.cosineTraining(), ScorerOracle.cosine(), 0.9, 1),
        ScorerOracle.COSINE_LOGITS,
        ScorerOracle.REACT_COSINE);
  }

  private static void assertScores(EmbeddingScorer scorer, double[] expected) {
    assertScores(scorer, ScorerOracle.LOGITS, expected);
  }

  private static void assertScores(EmbeddingScorer scorer, float[][] logits, double[] expected) {
    var batch = scorer.unknownScores(logits, ScorerOracle.QUERIES);
    for (int row = 0; row < expected.length; row++) {
      double one = scorer.unknownScore(logits[row], ScorerOracle.QUERIES[row]);
      assertThat(one)
          .as(scorer.name())
          .isCloseTo(expected[row], within(1e-6 * (1 + Math.abs(one))));
      assertThat(batch[row]).as(scorer.name()).isEqualTo(one);
    }
  }

  @Test
  void theNearestNeighbourOfATrainingImageIsItself() {
    var bank = TRAINING.predictions().embeddings();
    for (double score : Knn.fit(TRAINING, 1).unknownScores(new float[18][3], bank)) {
      assertThat(score).isCloseTo(-1, within(1e-15));
    }
  }

  @Test
  void moreNeighboursThanTrainingImagesAreAllOfThem() {
    assertThat(Knn.fit(TRAINING, 1000).neighbours()).isEqualTo(18);
    assertThatThrownBy(() -> new Knn(new float[2][3], new double[2], 3))
        .hasMessage("knn needs a k from 1 to the number of training images, 2; got 3");
  }

  @Test
  void guidanceNeedsABankAndNeighboursInIt() {
    assertThat(NnGuide.fit(TRAINING, 1e-9, 5).bank()).hasDimensions(1, 4);
    assertThat(NnGuide.fit(TRAINING, 1, 1000).neighbours()).isEqualTo(18);
    assertThatThrownBy(() -> new NnGuide(ScorerOracle.HEAD, new float[2][3], new double[2], 3))
        .hasMessage("nnguide needs a k from 1 to the number of images in its bank, 2; got 3");
    assertThatThrownBy(() -> NnGuide.fit(TRAINING, 0, 5)).hasMessageContaining("got 0.0");
    assertThatThrownBy(() -> NnGuide.fit(TRAINING, 1.5, 5)).hasMessageContaining("got 1.5");
  }

  /** Sizes around the tiles of the bank, the blocks of queries, and the depth of four. */
  @Test
  void knnIsTheSortedListOfCosinesForEverySize() {
    var random = new Random(3);
    for (int images : new int[] {1, 127, 128, 129, 300}) {
      for (int size : new int[] {1, 3, 4, 9}) {
        var bank = gaussian(random, images, size);
        var queries = gaussian(random, 33, size);
        queries[5] = new float[size];
        int k = 1 + random.nextInt(images);
        var inverse = Arrays.stream(bank).mapToDouble(x -> 1 / Math.sqrt(dot(x, x))).toArray();
        var scores = new Knn(bank, inverse, k).unknownScores(new float[33][], queries);
        for (int q = 0; q < queries.length; q++) {
          var query = queries[q];
          double length = Math.max(1e-6, Math.sqrt(dot(query, query)));
          var cosines =
              IntStream.range(0, images)
                  .mapToDouble(i -> -dot(query, bank[i]) / length * inverse[i])
                  .sorted()
                  .toArray();
          assertThat(scores[q]).isCloseTo(cosines[k - 1], within(1e-14));
        }
      }
    }
  }

  private static float[][] gaussian(Random random, int rows, int columns) {
    var result = new float[rows][columns];
    for (var row : result) {
      for (int i = 0; i < columns; i++) {
        row[i] = (float) random.nextGaussian();
      }
    }
    return result;
  }

  private static double dot(float[] a, float[] b) {
    return IntStream.range(0, a.length).mapToDouble(i -> (double) a[i] * b[i]).sum();
  }

  @Test
  void fullyPooledEquallyLargeClassesFarApartHaveHalfTheMahalanobisDistance() {
    float[][] embeddings = {{0, 1}, {1, -1}, {-1, 0}, {90, 1}, {91, -1}, {89, 0}};
    var training = training(embeddings, new int[] {0, 0, 0, 1, 1, 1});
    var density = GaussianDensity.fit(training, 1, 1e-6);
    var mahalanobis = Mahalanobis.fit(training);
    float[] near = {0.5f, 0.5f};
    float[] far = {3, -7};
    var logits = new float[2];
    assertThat(density.unknownScore(logits, far) - density.unknownScore(logits, near))
        .isCloseTo(
            (mahalanobis.unknownScore(logits, far) - mahalanobis.unknownScore(logits, near)) / 2,
            within(1e-9));
  }

  @Test
  void identicalEmbeddingsHaveEuclideanMahalanobisDistances() {
    var same = training(new float[][] {{3, 4, 0}, {3, 4, 0}}, new int[] {0, 1});
    float[] query = {3, 4, 2};
    float[] logits = {0, 0};
    assertThat(Mahalanobis.fit(same).unknownScore(logits, query)).isCloseTo(4, within(1e-12));
    assertThat(RelativeMahalanobis.fit(same).unknownScore(logits, query)).isZero();
    assertThat(PrototypeDistance.fit(same).unknownScore(logits, query)).isEqualTo(2);
    assertThat(Knn.fit(same, 2).unknownScore(logits, query))
        .isCloseTo(-5 / Math.sqrt(29), within(1e-15));
  }

  @Test
  void aDeadDimensionCountsAsOneThatHardlyVaries() {
    // Variance 1 in the first of two dimensions: mean variance 0.5, ridge 5e-7.
    var dead = training(new float[][] {{-1, 0}, {1, 0}, {9, 0}, {11, 0}}, new int[] {0, 0, 1, 1});
    var scorer = Mahalanobis.fit(dead);
    assertThat(scorer.unknownScore(new float[2], new float[] {2, 0}))
        .isCloseTo(4 / (1 + 5e-7), within(1e-9));
    assertThat(scorer.unknownScore(new float[2], new float[] {0, 0.001f}))
        .isCloseTo(1e-6 / 5e-7, within(1e-5));
  }

  @Test
  void oneClassIsEnoughForEveryScorer() {
    var head = Head.linear(List.of("only"));
    float[][] embeddings = {{1, 0}, {0, 1}, {2, 1}};
    float[][] logits = {{1}, {1}, {3}};
    var truth = new Truth(List.of("0", "1", "2"), new int[3], List.of("only", "only", "only"));
    var training = new TrainingOutputs(new Predictions(head, truth, logits, embeddings));
    var linear = new LinearHead(new double[][] {{1, 1}}, new double[1], false);
    float[] z = {5};
    float[] x = {3, 2};
    assertThat(new Entropy(head).unknownScore(z)).isZero();
    assertThat(new Gen(head, 0.1, 0).unknownScore(z)).isZero();
    assertThat(new Odin(head, 1000).unknownScore(z)).isZero();
    // The class is the background, so nothing is left of its distance.
    assertThat(RelativeMahalanobis.fit(training).unknownScore(z, x)).isCloseTo(0, within(1e-12));
    assertThat(Mahalanobis.fit(training).unknownScore(z, x)).isPositive();
    assertThat(Vim.fit(training, linear, 0).unknownScore(z, x)).isFinite();
    assertThat(OpenMax.fit(training, 20, 0).unknownScore(z)).isFinite();
    assertThat(NnGuide.fit(training, 1, 3).unknownScore(z, x))
        .isCloseTo(-5 * (3 + 2 + 3 * 8 / Math.sqrt(5)) / Math.sqrt(13) / 3, within(1e-12));
    assertThat(React.fit(training, linear, 1, 1).unknownScore(z, x))
        .as("3 is clipped to the largest activation, 2")
        .isEqualTo(-4);
  }

  @Test
  void vimIsTheEnergyWhereNothingIsLeftOutsideThePrincipalSpace() {
    var flat = training(new float[][] {{1, 0, 0}, {2, 0, 0}}, new int[] {0, 1});
    var linear = new LinearHead(new double[][] {{1, 0, 0}, {2, 0, 0}}, new double[2], false);
    var vim = Vim.fit(flat, linear, 1);
    assertThat(vim.factor()).isZero();
    assertThat(vim.unknownScore(new float[] {1, 2}, new float[] {9, 9, 9}))
        .isEqualTo(new Energy(flat.head()).unknownScore(new float[] {1, 2}));
    assertThatThrownBy(() -> Vim.fit(flat, linear, 3))
        .hasMessage(
            "vim's principal space has 3 dimensions; it must have fewer than the embedding, 3");
  }

  @Test
  void aQuantileOfOneClipsNoTrainingImage() {
    var react = React.fit(TRAINING, ScorerOracle.dense(), 1, 1);
    var energy = new Energy(ScorerOracle.HEAD);
    for (int row = 0; row < TRAINING.size(); row++) {
      var logits = TRAINING.predictions().logits()[row];
      assertThat(react.unknownScore(logits, TRAINING.predictions().embeddings()[row]))
          .isCloseTo(energy.unknownScore(logits), within(1e-6));
    }
  }

  @Test
  void scorersWithoutProbabilitiesSaturateNowhere() {
    var head = Head.linear(List.of("a", "b", "c"));
    for (LogitScorer scorer :
        List.of(
            new Entropy(head), new Gen(head, 0.1, 0), new Odin(head, 1), new Gen(head, 0.9, 1))) {
      double sure = scorer.unknownScore(new float[] {60, 0, -1});
      double surer = scorer.unknownScore(new float[] {61, 0, -1});
      assertThat(surer).as(scorer.toString()).isPositive().isLessThan(sure);
    }
    assertThat(new Odin(head, 1e6).unknownScore(new float[] {10.001f, 10, 9}))
        .isLessThan(new Odin(head, 1e6).unknownScore(new float[] {10, 10, 9}));
    assertThat(new Gen(head, 0.1, 0).unknownScore(new float[] {2001, 0, 0}))
        .as("beyond the smallest double probability")
        .isPositive()
        .isLessThan(new Gen(head, 0.1, 0).unknownScore(new float[] {2000, 0, 0}));
  }

  @Test
  void equalLogitsHaveTheLargestEntropy() {
    var head = Head.openCosine(List.of("a", "b", "c", "d"), 1);
    float[] equal = {7, 7, 7, 7, 99};
    assertThat(new Entropy(head).unknownScore(equal)).isCloseTo(Math.log(4), within(1e-15));
    assertThat(new Gen(head, 0.5, 0).unknownScore(equal))
        .isCloseTo(4 * Math.sqrt(3.0 / 16), within(1e-14));
    assertThat(new Gen(head, 0.5, 9).terms()).isEqualTo(4);
  }

  @Test
  void aTemperatureOfOneIsTheClosedProbability() {
    float[] row = {0.3f, -2, 1.5f};
    assertThat(new Odin(ScorerOracle.HEAD, 1).unknownScore(row))
        .isEqualTo(MaxProbability.closed(ScorerOracle.HEAD).unknownScore(row));
    assertThatThrownBy(() -> new Odin(ScorerOracle.HEAD, 0)).hasMessageContaining("got 0.0");
    assertThatThrownBy(() -> new Gen(ScorerOracle.HEAD, 1, 0)).hasMessageContaining("got 1.0");
  }

  @Test
  void statisticsComeFromKnownImagesOfEveryClass() {
    float[][] rows = {{1, 2}, {3, 4}};
    assertThatThrownBy(() -> training(rows, new int[] {0, -1}))
        .hasMessageContaining("row 1 (id '1'): scorers are fitted to known training images only");
    assertThatThrownBy(() -> training(rows, new int[] {0, 0}))
        .hasMessage("scorers cannot be fitted: class 'b' has no training image");
    assertThatThrownBy(() -> training(new float[][] {{1, 2}, {3}}, new int[] {0, 1}))
        .hasMessageContaining("1 numbers in the embedding; others have 2");
    assertThatThrownBy(() -> training(new float[][] {{1, Float.NaN}, {3, 2}}, new int[] {0, 1}))
        .hasMessageContaining("row 0 (id '0'): the embedding holds NaN");
    assertThatThrownBy(() -> training(new float[0][], new int[0])).hasMessageContaining("none");
  }

  @Test
  void anEmbeddingOfAnotherSizeIsRefused() {
    var dense = ScorerOracle.dense();
    for (EmbeddingScorer scorer :
        List.of(
            PrototypeDistance.fit(TRAINING),
            Mahalanobis.fit(TRAINING),
            RelativeMahalanobis.fit(TRAINING),
            GaussianDensity.fit(TRAINING, 0.5, 0.01),
            Knn.fit(TRAINING, 2),
            NnGuide.fit(TRAINING, 1, 2),
            Vim.fit(TRAINING, dense, 0),
            React.fit(TRAINING, dense, 0.9, 1))) {
      assertThatThrownBy(() -> scorer.unknownScore(new float[3], new float[5]))
          .as(scorer.name())
          .hasMessage("an embedding has 5 numbers; the scorer was fitted to 4");
    }
  }

  @Test
  void predictionsWithoutEmbeddingsHaveScoresOfLogitsOnly() {
    var rows = TRAINING.predictions();
    var bare = Predictions.withoutEmbeddings(rows.head(), rows.truth(), rows.logits());
    assertThat(OpenMax.fit(TRAINING, 20, 0).unknownScores(bare)).hasSize(18);
    assertThatThrownBy(() -> Knn.fit(TRAINING, 1).unknownScores(bare))
        .hasMessage("scorer 'knn' needs embeddings, but these predictions have none");
  }

  private static TrainingOutputs training(float[][] embeddings, int[] labels) {
    var ids = IntStream.range(0, labels.length).mapToObj(Integer::toString).toList();
    var names = IntStream.of(labels).mapToObj(label -> label < 0 ? "x" : "known").toList();
    var logits = new float[labels.length][2];
    Arrays.stream(logits).forEach(row -> row[0] = 1);
    return new TrainingOutputs(
        new Predictions(
            Head.linear(List.of("a", "b")), new Truth(ids, labels, names), logits, embeddings));
  }
}
