package org.openmargin.exporter.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.openmargin.scoring.Head;
import org.openmargin.scoring.Predictions;
import org.openmargin.scoring.Truth;
import org.openmargin.scoring.scorer.EmbeddingScorer;
import org.openmargin.scoring.scorer.Energy;
import org.openmargin.scoring.scorer.Entropy;
import org.openmargin.scoring.scorer.GaussianDensity;
import org.openmargin.scoring.scorer.Gen;
import org.openmargin.scoring.scorer.Knn;
import org.openmargin.scoring.scorer.Mahalanobis;
import org.openmargin.scoring.scorer.MaxCosine;
import org.openmargin.scoring.scorer.MaxLogit;
import org.openmargin.scoring.scorer.MaxProbability;
import org.openmargin.scoring.scorer.MaxProbability.Domain;
import org.openmargin.scoring.scorer.MaxProbability.Softmax;
import org.openmargin.scoring.scorer.NnGuide;
import org.openmargin.scoring.scorer.Odin;
import org.openmargin.scoring.scorer.OpenMax;
import org.openmargin.scoring.scorer.PrototypeDistance;
import org.openmargin.scoring.scorer.React;
import org.openmargin.scoring.scorer.RelativeMahalanobis;
import org.openmargin.scoring.scorer.Scorer;
import org.openmargin.scoring.scorer.ScorerType;
import org.openmargin.scoring.scorer.Vim;
import org.openmargin.scoring.training.LinearHead;
import org.openmargin.scoring.training.TrainingOutputs;
import org.tensorflow.EagerSession;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.family.TFloating;

class UnknownScoreGraphTest {
  private static final float SCALE = 14.7f;
  private static final Head HEAD = Head.openCosine(List.of("a", "b", "c"), SCALE);
  private static final int SIZE = 9;
  private static final float[][] EMBEDDINGS = gaussian(new Random(2), 40, SIZE);

  static Stream<EmbeddingScorer> scorers() {
    return Stream.of(
        MaxProbability.open(HEAD),
        MaxProbability.closed(HEAD),
        new MaxProbability(HEAD, Softmax.OPEN, Domain.PROBABILITY),
        new MaxProbability(HEAD, Softmax.CLOSED, Domain.PROBABILITY),
        new MaxLogit(HEAD),
        new Energy(HEAD),
        new Energy(HEAD, 3.5),
        new MaxCosine(HEAD),
        new Entropy(HEAD),
        new Odin(HEAD, 1000),
        new Odin(HEAD, 0.5),
        new Gen(HEAD, 0.1, 0),
        new Gen(HEAD, 0.9, 2),
        new Gen(HEAD, 0.5, 1));
  }

  /** Sums of many numbers, which TensorFlow adds in a different order. */
  static Stream<EmbeddingScorer> fittedScorers() {
    var training = training();
    var random = new Random(8);
    var weights = doubles(gaussian(random, 3, SIZE));
    var cosine = new LinearHead(weights, new double[3], true);
    var dense = new LinearHead(weights, new double[] {0.5, -1, 0.1}, false);
    return Stream.of(
        PrototypeDistance.fit(training),
        Mahalanobis.fit(training),
        RelativeMahalanobis.fit(training),
        GaussianDensity.fit(training, 0.5, 0.01),
        GaussianDensity.fit(training, 0, 1),
        Knn.fit(training, 1),
        Knn.fit(training, 50),
        Knn.fit(training, 1000),
        NnGuide.fit(training, 1, 1),
        NnGuide.fit(training, 0.3, 5),
        NnGuide.fit(training, 1, 1000),
        Vim.fit(training, cosine, 0),
        Vim.fit(training, dense, 2),
        React.fit(training, cosine, 0.9, 1),
        React.fit(training, dense, 0.5, 2.5),
        OpenMax.fit(training, 20, 0),
        OpenMax.fit(training, 3, 2));
  }

  @ParameterizedTest
  @MethodSource("fittedScorers")
  void graphAndFittedScorerAgree(EmbeddingScorer scorer) {
    var logits = logits();

    var scores = scores(scorer, logits);

    for (var row = 0; row < logits.length; row++) {
      var expected = scorer.unknownScore(logits[row], EMBEDDINGS[row]);
      assertThat(scores[row]).isCloseTo(expected, within(1e-11 * (1 + Math.abs(expected))));
    }
  }

  @Test
  void oneKnownClassHasNoGeneralisedEntropy() {
    var only = Head.linear(List.of("only"));
    try (var eager = EagerSession.create()) {
      var tf = Ops.create(eager);
      var logits = tf.constant(new double[][] {{3}, {-1}});
      try (var score =
          new GenGraph<>(Reals.doubles(tf), logits, new Gen(only, 0.1, 0)).score().asTensor()) {
        assertThat(score.shape().asArray()).containsExactly(2);
        assertThat(score.getDouble(0)).isZero();
        assertThat(score.getDouble(1)).isZero();
      }
    }
  }

  /** 60 images with a dead dimension. */
  private static TrainingOutputs training() {
    var random = new Random(5);
    var embeddings = gaussian(random, 60, SIZE);
    var labels = IntStream.range(0, 60).map(i -> i % 3).toArray();
    for (var row = 0; row < 60; row++) {
      embeddings[row][labels[row]] += 2;
      embeddings[row][SIZE - 1] = 0;
    }
    var ids = IntStream.range(0, 60).mapToObj(Integer::toString).toList();
    var names = IntStream.of(labels).mapToObj(HEAD.classNames()::get).toList();
    var logits = gaussian(random, 60, 4);
    return new TrainingOutputs(
        new Predictions(HEAD, new Truth(ids, labels, names), logits, embeddings));
  }

  private static float[][] gaussian(Random random, int rows, int columns) {
    var result = new float[rows][columns];
    for (var row : result) {
      for (var i = 0; i < columns; i++) {
        row[i] = (float) random.nextGaussian();
      }
    }
    return result;
  }

  private static double[][] doubles(float[][] rows) {
    return Stream.of(rows)
        .map(row -> IntStream.range(0, row.length).mapToDouble(i -> row[i]).toArray())
        .toArray(double[][]::new);
  }

  @ParameterizedTest
  @MethodSource("scorers")
  void graphAndScorerAgreeInDoublePrecision(EmbeddingScorer scorer) {
    var logits = logits();

    var scores = scores(scorer, logits);

    for (var row = 0; row < logits.length; row++) {
      var expected = scorer.unknownScore(logits[row], EMBEDDINGS[row]);
      assertThat(scores[row]).isCloseTo(expected, within(allowed(scorer) * Math.ulp(expected)));
    }
  }

  /** In floats and plain operations, as other runtimes compute them. */
  @ParameterizedTest
  @MethodSource("plainScorers")
  void floatsDifferByRounding(EmbeddingScorer scorer) {
    var logits = Arrays.copyOfRange(logits(), 5, 40);
    var embeddings = Arrays.copyOfRange(EMBEDDINGS, 0, logits.length);
    try (var eager = EagerSession.create()) {
      var tf = Ops.create(eager);
      var graph = graph(Reals.doubles(tf).floats(), tf.constant(logits), tf.constant(embeddings));
      var scores = new float[logits.length];
      try (var tensor = graph.of(scorer).asTensor()) {
        tensor.copyTo(DataBuffers.of(scores, false, false));
      }
      for (var row = 0; row < logits.length; row++) {
        var expected = scorer.unknownScore(logits[row], embeddings[row]);
        assertThat((double) scores[row])
            .isCloseTo(expected, within(3e-5 * Math.max(1, Math.abs(expected))));
      }
    }
  }

  static Stream<EmbeddingScorer> plainScorers() {
    return Stream.concat(scorers(), fittedScorers());
  }

  /** The series for small numbers and the logarithm for others, and their border. */
  @Test
  void logarithmsNearOneKeepTheirDigitsInFloats() {
    var x = new float[] {0, 1e-30f, 1e-8f, 1e-3f, 0.1f, 0.12499f, 0.125f, 3, -1e-8f, -0.12f, -0.9f};
    var log = new float[x.length];
    var exp = new float[x.length];
    var small = new float[] {-1e-30f, -1e-8f, -1e-3f, -0.5f, -3, -20, -80, 0};
    try (var eager = EagerSession.create()) {
      var tf = Ops.create(eager);
      var real = Reals.doubles(tf).floats();
      real.log1p(tf.constant(x)).asTensor().copyTo(DataBuffers.of(log, false, false));
      real.expm1(tf.constant(small)).asTensor().copyTo(DataBuffers.of(exp, false, false));
    }
    for (var i = 0; i < x.length; i++) {
      var want = Math.log1p(x[i]);
      assertThat((double) log[i]).isCloseTo(want, within(1e-6 * Math.abs(want)));
    }
    for (var i = 0; i < small.length; i++) {
      var want = Math.expm1(small[i]);
      assertThat((double) exp[i]).isCloseTo(want, within(1e-6 * Math.abs(want)));
    }
  }

  private static <T extends TFloating> UnknownScoreGraph<T> graph(
      Reals<T> real, Operand<TFloat32> logits, Operand<TFloat32> embeddings) {
    var tf = real.tf();
    var best = UnknownScoreGraph.Best.of(tf, logits, HEAD.knownClasses());
    var rows = new UnknownScoreGraph.Rows(logits, embeddings, tf.constant(SCALE), Map.of());
    return new UnknownScoreGraph<>(real, rows, HEAD.knownClasses(), best);
  }

  /** The error of an exponential of a sum of logarithms is proportional to the size of the sum. */
  private static int allowed(Scorer scorer) {
    return scorer instanceof Gen || scorer instanceof Entropy ? 64 : 4;
  }

  @Test
  void confidentImagesKeepDifferentScores() {
    var scores =
        scores(
            MaxProbability.open(HEAD),
            new float[][] {{60, 0, 0, 0}, {50, 0, 0, 0}, {100, 0, 0, 0}});

    assertThat(scores[2]).isPositive().isLessThan(scores[0]);
    assertThat(scores[0]).isLessThan(scores[1]);
  }

  @Test
  void theFirstOfEqualLogitsIsTheBest() {
    try (var eager = EagerSession.create()) {
      var tf = Ops.create(eager);
      var logits = tf.constant(new float[][] {{1, 1, 1, 9}, {0, 2, 2, 9}, {-5, -6, -5, 9}});

      var best = UnknownScoreGraph.Best.of(tf, logits, 3);

      var index = new long[3];
      try (var tensor = best.index().asTensor()) {
        tensor.copyTo(DataBuffers.of(index, false, false));
      }
      assertThat(index).containsExactly(0, 1, 0);
    }
  }

  @Test
  void everyTypeOfScorerIsTested() {
    assertThat(Stream.concat(scorers(), fittedScorers()))
        .extracting(Scorer::type)
        .containsAll(Stream.of(ScorerType.values()).filter(type -> !type.needsFeatures()).toList());
  }

  private static double[] scores(Scorer scorer, float[][] values) {
    try (var eager = EagerSession.create()) {
      var tf = Ops.create(eager);
      var logits = tf.constant(values);
      var best = UnknownScoreGraph.Best.of(tf, logits, HEAD.knownClasses());
      var embeddings = tf.constant(Arrays.copyOf(EMBEDDINGS, values.length));
      var rows = new UnknownScoreGraph.Rows(logits, embeddings, tf.constant(SCALE), Map.of());
      var graph = new UnknownScoreGraph<>(Reals.doubles(tf), rows, HEAD.knownClasses(), best);
      var scores = new double[values.length];
      try (var tensor = graph.of(scorer).asTensor()) {
        tensor.copyTo(DataBuffers.of(scores, false, false));
      }
      return scores;
    }
  }

  /** Ordinary rows, then ties, an open class far above, large values, one confident class. */
  private static float[][] logits() {
    var random = new Random(1);
    var rows = new float[40][];
    for (var i = 0; i < rows.length; i++) {
      rows[i] = new float[4];
      for (var j = 0; j < 4; j++) {
        rows[i][j] = (float) random.nextGaussian() * 8;
      }
    }
    rows[0] = new float[] {1, 1, 1, 1};
    rows[1] = new float[] {-3, -2, -3, 500};
    rows[2] = new float[] {900, 899, -900, 0};
    rows[3] = new float[] {-900, -901, -950, -1000};
    rows[4] = new float[] {0, 80, 1, 2};
    return rows;
  }
}
