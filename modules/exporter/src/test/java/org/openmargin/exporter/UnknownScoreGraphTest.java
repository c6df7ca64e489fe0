package org.openmargin.exporter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.openmargin.scoring.Energy;
import org.openmargin.scoring.Head;
import org.openmargin.scoring.MaxCosine;
import org.openmargin.scoring.MaxLogit;
import org.openmargin.scoring.MaxProbability;
import org.openmargin.scoring.MaxProbability.Domain;
import org.openmargin.scoring.MaxProbability.Softmax;
import org.openmargin.scoring.Scorer;
import org.tensorflow.EagerSession;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat64;
import org.tensorflow.types.TInt64;

class UnknownScoreGraphTest {
  private static final float SCALE = 14.7f;
  private static final Head HEAD = Head.openCosine(List.of("a", "b", "c"), SCALE);

  static Stream<Scorer> scorers() {
    return Stream.of(
        MaxProbability.open(HEAD),
        MaxProbability.closed(HEAD),
        new MaxProbability(HEAD, Softmax.OPEN, Domain.PROBABILITY),
        new MaxProbability(HEAD, Softmax.CLOSED, Domain.PROBABILITY),
        new MaxLogit(HEAD),
        new Energy(HEAD),
        new Energy(HEAD, 3.5),
        new MaxCosine(HEAD));
  }

  @ParameterizedTest
  @MethodSource("scorers")
  void graphAndScorerAgreeInDoublePrecision(Scorer scorer) {
    var logits = logits();

    var scores = scores(scorer, logits);

    for (var row = 0; row < logits.length; row++) {
      var expected = scorer.unknownScore(logits[row]);
      assertThat(scores[row]).isCloseTo(expected, within(4 * Math.ulp(expected)));
    }
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
      try (TInt64 tensor = best.index().asTensor()) {
        tensor.copyTo(DataBuffers.of(index, false, false));
      }
      assertThat(index).containsExactly(0, 1, 0);
    }
  }

  @Test
  void anUnknownKindOfScorerIsRefused() {
    Scorer own =
        new Scorer() {
          @Override
          public String name() {
            return "own";
          }

          @Override
          public double unknownScore(float[] logits) {
            return 0;
          }
        };

    assertThatThrownBy(() -> scores(own, logits()))
        .isInstanceOf(ExportException.class)
        .hasMessageContaining("scorer 'own' has no form as TensorFlow operations");
  }

  private static double[] scores(Scorer scorer, float[][] values) {
    try (var eager = EagerSession.create()) {
      var tf = Ops.create(eager);
      var logits = tf.constant(values);
      var best = UnknownScoreGraph.Best.of(tf, logits, HEAD.knownClasses());
      var graph = new UnknownScoreGraph(tf, logits, tf.constant(SCALE), HEAD.knownClasses(), best);
      var scores = new double[values.length];
      try (TFloat64 tensor = graph.of(scorer).asTensor()) {
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
