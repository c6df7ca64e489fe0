package org.openmargin.map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.concurrent.ForkJoinPool;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.openmargin.scoring.numeric.Vectors;

class TsneTest {

  private static double divergence(double[][] p, double[][] y) {
    return new KlDescent(p, y).klDivergence();
  }

  /** KL(P || Q) by its definition, in two dimensions. */
  private static double divergenceByDefinition(double[][] p, double[][] y) {
    var weights = new double[y.length][y.length];
    var z = 0.0;
    for (var i = 0; i < y.length; i++) {
      for (var j = 0; j < y.length; j++) {
        weights[i][j] = i == j ? 0 : 1 / (1 + Vectors.squaredDistance(y[i], y[j]));
        z += weights[i][j];
      }
    }
    var sum = 0.0;
    for (var i = 0; i < y.length; i++) {
      for (var j = 0; j < y.length; j++) {
        sum += p[i][j] > 0 ? p[i][j] * Math.log(p[i][j] / (weights[i][j] / z)) : 0;
      }
    }
    return sum;
  }

  @Test
  void divergenceFollowsItsDefinition() {
    var p = Affinities.joint(Waves.of(30, 6), 5);
    var y = Waves.of(30, 2);
    assertThat(divergence(p, y)).isCloseTo(divergenceByDefinition(p, y), within(1e-12));
  }

  @Test
  void gradientIsThatOfFiniteDifferences() {
    var p = Affinities.joint(Waves.of(24, 6), 5);
    var y = Waves.of(24, 2);
    var gradient = new KlDescent(p, y).gradient(1);
    for (var i = 0; i < y.length; i++) {
      for (var k = 0; k < 2; k++) {
        var here = y[i][k];
        y[i][k] = here + 1e-5;
        var above = divergenceByDefinition(p, y);
        y[i][k] = here - 1e-5;
        var below = divergenceByDefinition(p, y);
        y[i][k] = here;
        assertThat(gradient[i][k]).isCloseTo((above - below) / 2e-5, within(1e-8));
      }
    }
  }

  @Test
  void exaggerationMultipliesOnlyTheAttraction() {
    var p = Affinities.joint(Waves.of(24, 6), 5);
    var none = new KlDescent(p, Waves.of(24, 2)).gradient(0)[3][1];
    var once = new KlDescent(p, Waves.of(24, 2)).gradient(1)[3][1];
    var often = new KlDescent(p, Waves.of(24, 2)).gradient(12)[3][1];
    assertThat(often - none).isCloseTo(12 * (once - none), within(1e-12));
  }

  @Test
  void divergenceFallsOnceTheExaggerationIsOver() {
    var points = Waves.clusters(4, 120);
    var tsne = new Tsne(10, 1, 400);
    var descent = new KlDescent(Affinities.joint(points, 10), tsne.start(points));
    IntStream.range(0, 100).forEach(i -> descent.step(12, 0.5, 50));
    var after = new double[6];
    for (var round = 0; round < after.length; round++) {
      after[round] = descent.klDivergence();
      IntStream.range(0, 50).forEach(i -> descent.step(1, 0.8, 50));
    }
    assertThat(after).isSortedAccordingTo((a, b) -> Double.compare(b, a));
    assertThat(after[5]).isLessThan(0.8 * after[0]);
  }

  @Test
  void clustersFarApartAreFarApartOnTheMap() {
    var result = new Tsne(10, 0, 500).map(Waves.clusters(5, 200));
    for (var i = 0; i < 200; i++) {
      assertThat(nearest(result.positions(), i) % 5).isEqualTo(i % 5);
    }
    assertThat(result.klDivergence()).isBetween(0.0, 1.5);
  }

  private static int nearest(double[][] positions, int i) {
    return IntStream.range(0, positions.length)
        .filter(j -> j != i)
        .boxed()
        .min(
            (a, b) ->
                Double.compare(
                    Vectors.squaredDistance(positions[i], positions[a]),
                    Vectors.squaredDistance(positions[i], positions[b])))
        .orElseThrow();
  }

  @Test
  void equalSeedsGiveEqualBitsWhateverTheNumberOfThreads() {
    var points = Waves.clusters(3, 150);
    var alone = in(1, () -> new Tsne(12, 5, 200).map(points));
    var crowd = in(7, () -> new Tsne(12, 5, 200).map(points));
    assertThat(Arrays.deepEquals(alone.positions(), crowd.positions())).isTrue();
    assertThat(alone.klDivergence()).isEqualTo(crowd.klDivergence());
    var other = new Tsne(12, 6, 200).map(points);
    assertThat(Arrays.deepEquals(alone.positions(), other.positions())).isFalse();
  }

  private static Tsne.Result in(int threads, java.util.concurrent.Callable<Tsne.Result> map) {
    var pool = new ForkJoinPool(threads);
    try {
      return pool.submit(map).join();
    } finally {
      pool.shutdown();
    }
  }

  @Test
  void mapIsCentred() {
    var mean = Means.of(new Tsne(5, 0, 100).map(Waves.of(40, 6)).positions());
    assertThat(mean).containsExactly(new double[] {0, 0}, within(1e-9));
  }

  @Test
  void tooFewPointsAreRefusedWithTheLargestPerplexity() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Tsne(30, 0, 10).map(Waves.of(40, 6)))
        .withMessage(
            "a perplexity of 30.0 needs at least 91 points; with 40 points it can be at most 13.0");
    assertThat(new Tsne(13, 0, 10).map(Waves.of(40, 6)).positions()).hasDimensions(40, 2);
  }

  @Test
  void smallestMapHasSevenPoints() {
    assertThat(Tsne.largestPerplexity(7)).isEqualTo(2);
    assertThat(Tsne.largestPerplexity(51)).isEqualTo(16.6);
    var result = new Tsne(2, 0, 250).map(Waves.of(7, 3));
    assertThat(result.klDivergence()).isFinite();
  }

  @Test
  void perplexityBelowTwoIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Tsne(1.5, 0, 10))
        .withMessageContaining("at least 2");
    assertThatIllegalArgumentException().isThrownBy(() -> new Tsne(Double.NaN, 0, 10));
    assertThatIllegalArgumentException().isThrownBy(() -> new Tsne(30, 0, 0));
  }

  @Test
  void duplicatesStayTogetherAndFinite() {
    var points = Waves.clusters(3, 60);
    for (var i = 0; i < 20; i++) {
      points[i] = points[0];
    }
    var result = new Tsne(8, 0, 400).map(points);
    assertThat(result.klDivergence()).isFinite();
    for (var y : result.positions()) {
      assertThat(y[0]).isFinite();
      assertThat(y[1]).isFinite();
    }
    var apart = Vectors.squaredDistance(result.positions()[0], result.positions()[7]);
    var far = Vectors.squaredDistance(result.positions()[0], result.positions()[50]);
    assertThat(apart).isLessThan(far);
  }

  @Test
  void pointsAtOnePlaceStayFinite() {
    var result = new Tsne(2, 0, 100).map(new double[12][4]);
    assertThat(result.klDivergence()).isFinite();
    assertThat(result.positions()[3][0]).isFinite();
  }
}
