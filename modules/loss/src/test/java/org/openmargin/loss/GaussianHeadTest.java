package org.openmargin.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;
import static org.openmargin.nn.GraphFixture.noise;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.openmargin.loss.GaussianHead.Gaussian;
import org.openmargin.nn.FittedHead;
import org.openmargin.nn.GraphFixture;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

class GaussianHeadTest {
  private static final int N = 6;
  private static final int D = 4;
  private static final int[] LABELS = {2, 0, 1, 2, 1, 0};
  private static final double[] X = noise(1, N * D);

  private static Gaussian gaussian(int seed) {
    var whitening = new double[D][];
    Arrays.setAll(whitening, i -> noise(100L * seed + i, D));
    return new Gaussian(noise(seed, D), whitening, noise(50 + seed, 1)[0]);
  }

  private static final List<Gaussian> GAUSSIANS =
      IntStream.range(0, 3).mapToObj(GaussianHeadTest::gaussian).toList();

  private static final GaussianHead HEAD = new GaussianHead(3, (x, labels) -> GAUSSIANS);

  private static float[][] rows() {
    var rows = new float[N][D];
    for (var i = 0; i < N * D; i++) {
      rows[i / D][i % D] = (float) X[i];
    }
    return rows;
  }

  /** The formula in plain loops. */
  private static double logit(Gaussian gaussian, float[] x) {
    var squared = 0.0;
    for (var i = 0; i < D; i++) {
      var sum = 0.0;
      for (var j = 0; j < D; j++) {
        sum += gaussian.whitening()[i][j] * (x[j] - gaussian.mean()[j]);
      }
      squared += sum * sum;
    }
    return -0.5 * squared - gaussian.halfLogDeterminant();
  }

  private static void assign(GraphFixture fixture, FittedHead.Fit fit) {
    fit.values()
        .forEach(
            (name, values) ->
                fixture.assign(
                    "loss." + name,
                    IntStream.range(0, values.length).mapToDouble(i -> values[i]).toArray()));
  }

  private static Operand<TFloat32> embeddings(GraphFixture fixture) {
    return fixture.tensor(X, N, D);
  }

  @Test
  void aLogitIsTheLogDensityOfItsClass() {
    try (var fixture = new GraphFixture()) {
      var logits = HEAD.logits(fixture.inference().in("loss"), embeddings(fixture));
      fixture.initialize();
      assign(fixture, HEAD.fit(rows(), LABELS));
      var found = fixture.value(logits);
      var rows = rows();
      for (var i = 0; i < N; i++) {
        for (var c = 0; c < 3; c++) {
          var expected = logit(GAUSSIANS.get(c), rows[i]);
          assertThat(found[i * 3 + c]).isCloseTo(expected, within(1e-6 * Math.abs(expected)));
        }
      }
    }
  }

  @Test
  void theLossOfTheGraphIsThatOfTheFit() {
    try (var fixture = new GraphFixture()) {
      var net = fixture.inference().in("loss");
      var loss = HEAD.loss(net, embeddings(fixture), fixture.tf().constant(LABELS));
      fixture.initialize();
      var fit = HEAD.fit(rows(), LABELS);
      assign(fixture, fit);
      assertThat(fit.loss()).isNotZero();
      assertThat(fixture.value(loss)[0]).isCloseTo(fit.loss(), within(1e-5 * Math.abs(fit.loss())));
    }
  }

  @Test
  void theNearestClassHasTheHighestLogitAtItsMean() {
    var narrow = new double[][] {{10, 0, 0, 0}, {0, 10, 0, 0}, {0, 0, 10, 0}, {0, 0, 0, 10}};
    var gaussians =
        IntStream.range(0, 3)
            .mapToObj(c -> new Gaussian(Arrays.copyOfRange(X, c * D, (c + 1) * D), narrow, -9.21))
            .toList();
    var head = new GaussianHead(3, (x, labels) -> gaussians);
    try (var fixture = new GraphFixture()) {
      var logits =
          head.logits(
              fixture.inference().in("loss"), fixture.tensor(Arrays.copyOf(X, 3 * D), 3, D));
      fixture.initialize();
      assign(fixture, head.fit(rows(), LABELS));
      var found = fixture.value(logits);
      for (var c = 0; c < 3; c++) {
        var row = Arrays.copyOfRange(found, c * 3, c * 3 + 3);
        assertThat(row[c]).isCloseTo(9.21, within(1e-4));
        assertThat(Arrays.stream(row).max().orElseThrow()).isEqualTo(row[c]);
      }
    }
  }

  /** In float32, the square of this distance would be off by hundreds. */
  @Test
  void distancesOfForeignImagesKeepTheirDifferences() {
    var far = new double[N * D];
    Arrays.setAll(far, i -> 4096 + X[i]);
    try (var fixture = new GraphFixture()) {
      var logits = HEAD.logits(fixture.inference().in("loss"), fixture.tensor(far, N, D));
      fixture.initialize();
      assign(fixture, HEAD.fit(rows(), LABELS));
      var found = fixture.value(logits);
      for (var i = 0; i < N; i++) {
        var row = new float[D];
        for (var j = 0; j < D; j++) {
          row[j] = (float) far[i * D + j];
        }
        for (var c = 0; c < 3; c++) {
          var expected = logit(GAUSSIANS.get(c), row);
          assertThat(found[i * 3 + c]).isCloseTo(expected, within(5e-7 * Math.abs(expected)));
        }
      }
    }
  }

  @Test
  void prototypesAreTheMeans() {
    try (var fixture = new GraphFixture()) {
      var net = fixture.inference().in("loss");
      HEAD.logits(net, embeddings(fixture));
      var prototypes = HEAD.prototypes(net, embeddings(fixture)).orElseThrow();
      fixture.initialize();
      assign(fixture, HEAD.fit(rows(), LABELS));
      var means = GAUSSIANS.stream().flatMapToDouble(g -> Arrays.stream(g.mean())).toArray();
      assertThat(fixture.value(prototypes)).containsExactly(means, within(1e-6));
      assertThat(fixture.variables().trained()).isEmpty();
    }
  }

  @Test
  void wrongNumbersAreRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new GaussianHead(1, (x, labels) -> GAUSSIANS))
        .withMessageContaining("at least two classes");
    var four = new GaussianHead(4, (x, labels) -> GAUSSIANS);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> four.fit(rows(), LABELS))
        .withMessage("a head of 4 classes needs as many Gaussians; there are 3");
  }
}
