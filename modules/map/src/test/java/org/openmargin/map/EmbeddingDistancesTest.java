package org.openmargin.map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class EmbeddingDistancesTest {
  /** Two pairs ten apart, and images exactly between them, on the first mean, and far outside. */
  private static final EmbeddedClass LEFT = euclidean("left", new float[][] {{0, 0}, {0, 2}});

  private static final EmbeddedClass RIGHT = euclidean("right", new float[][] {{10, 0}, {10, 2}});
  private static final EmbeddedClass MIDDLE = euclidean("middle", new float[][] {{5, 1}});
  private static final EmbeddedClass MIXED = euclidean("mixed", new float[][] {{0, 1}, {-5, 1}});

  private static EmbeddedClass euclidean(String name, float[][] rows) {
    return EmbeddedClass.of(name, rows, Space.EMBEDDING);
  }

  private static EmbeddingDistances distances(EmbeddedClass... unknown) {
    return EmbeddingDistances.of(Metric.EUCLIDEAN, List.of(LEFT, RIGHT), List.of(unknown));
  }

  @Test
  void knownClassesHaveTheirExtent() {
    var left = distances(MIDDLE).known().get(0);
    assertThat(left.name()).isEqualTo("left");
    assertThat(left.images()).isEqualTo(2);
    assertThat(left.meanLength()).isEqualTo(1);
    // Without itself, the mean of a pair is the other one.
    assertThat(left.toOwnMean()).isEqualTo(2);
    assertThat(left.radius()).isEqualTo(2);
    assertThat(left.position().toNearestMean()).isEqualTo(2);
    assertThat(left.position().betweenness()).isCloseTo(2 / Math.sqrt(101), within(1e-12));
    assertThat(left.position().nearCentre()).isZero();
    assertThat(left.position().inside()).isEqualTo(1);
  }

  @Test
  void anImageExactlyBetweenIsNearTheCentreAndInNoClass() {
    var middle = distances(MIDDLE).unknown().get(0).position();
    assertThat(middle).isEqualTo(new EmbeddingDistances.Position(5, 1, 1, 0));
  }

  @Test
  void imagesOfAnUnknownClassAreAveraged() {
    var mixed = distances(MIXED).unknown().get(0).position();
    assertThat(mixed.toNearestMean()).isEqualTo(2.5);
    assertThat(mixed.betweenness()).isCloseTo((0 + 5.0 / 15) / 2, within(1e-12));
    assertThat(mixed.nearCentre()).isZero();
    assertThat(mixed.inside()).isEqualTo(0.5);
  }

  @Test
  void totalsWeighImagesEqually() {
    var totals = distances(MIDDLE, MIXED).totals();
    assertThat(totals.toOwnMean()).isEqualTo(2);
    assertThat(totals.unknown().orElseThrow().toNearestMean()).isCloseTo(10.0 / 3, within(1e-12));
    assertThat(totals.unknown().orElseThrow().nearCentre()).isCloseTo(1.0 / 3, within(1e-12));
    assertThat(totals.known().inside()).isEqualTo(1);
  }

  @Test
  void ratiosFollow() {
    var distances = distances(MIDDLE, MIXED);
    assertThat(distances.means().smallest()).isEqualTo(10);
    assertThat(distances.means().mean()).isEqualTo(10);
    assertThat(distances.means().nearestPair()).containsExactly("left", "right");
    assertThat(distances.ratios().meansToWithin()).isEqualTo(5);
    assertThat(distances.ratios().unknownToWithin().orElseThrow())
        .isCloseTo(5.0 / 3, within(1e-12));
    // Two of three unknown images are farther from a mean than the known ones, one is nearer.
    assertThat(distances.ratios().auroc().orElseThrow()).isCloseTo(2.0 / 3, within(1e-12));
    var other = (10 + Math.sqrt(104)) / 2;
    assertThat(distances.ratios().silhouette()).isCloseTo((other - 2) / other, within(1e-12));
  }

  @Test
  void cosinesDependOnDirectionsOnly() {
    var east = euclidean("east", new float[][] {{1, 0}, {5, 0}});
    var north = euclidean("north", new float[][] {{0, 2}});
    var unknown = euclidean("diagonal", new float[][] {{3, 3}});
    var distances = EmbeddingDistances.of(Metric.COSINE, List.of(east, north), List.of(unknown));
    assertThat(distances.known().get(0).toOwnMean()).isCloseTo(0, within(1e-12));
    assertThat(distances.means().smallest()).isEqualTo(1);
    var position = distances.unknown().get(0).position();
    assertThat(position.toNearestMean()).isCloseTo(1 - Math.sqrt(0.5), within(1e-12));
    assertThat(position.betweenness()).isCloseTo(1, within(1e-12));
    assertThat(distances.unknown().get(0).meanLength()).isCloseTo(Math.sqrt(18), within(1e-12));
  }

  @Test
  void radiusLeavesOutTheFarthestTwentieth() {
    var line = new float[40][];
    for (var i = 0; i < 40; i++) {
      // Symmetric about 0 with distances 1, 1, 2, 2, ..., 20, 20.
      line[i] = new float[] {i % 2 == 0 ? 1 + i / 2 : -1 - i / 2, 0};
    }
    var wide = euclidean("wide", line);
    var distances = EmbeddingDistances.of(Metric.EUCLIDEAN, List.of(wide, RIGHT), List.of(MIDDLE));
    assertThat(distances.known().get(0).radius()).isCloseTo(19 * 40 / 39.0, within(1e-9));
  }

  @Test
  void imagesOfAKnownClassUnderAnotherNameAreNotFartherThanKnownOnes() {
    // Few images in many dimensions: with itself in its mean, a known image would be much nearer.
    var random = new Random(7);
    var a = normal(random, "a", 0);
    var unknown = normal(random, "as a", 0);
    var distances =
        EmbeddingDistances.of(
            Metric.EUCLIDEAN, List.of(a, normal(random, "b", 50)), List.of(unknown));
    assertThat(distances.ratios().auroc().orElseThrow()).isCloseTo(0.5, within(0.12));
    assertThat(distances.ratios().unknownToWithin().orElseThrow()).isCloseTo(1, within(0.02));
    assertThat(distances.totals().unknown().orElseThrow().inside()).isBetween(0.8, 1.0);
  }

  private static EmbeddedClass normal(Random random, String name, double centre) {
    var rows = new float[50][1024];
    for (var row : rows) {
      for (var k = 0; k < row.length; k++) {
        row[k] = (float) random.nextGaussian();
      }
      row[0] += (float) centre;
    }
    return euclidean(name, rows);
  }

  @Test
  void classesWithoutExtentGiveNoRatio() {
    var a = euclidean("a", new float[][] {{0, 0}, {0, 0}});
    var b = euclidean("b", new float[][] {{0, 0}});
    var ratios = EmbeddingDistances.of(Metric.EUCLIDEAN, List.of(a, b), List.of(MIDDLE)).ratios();
    assertThat(ratios.meansToWithin()).isZero();
    assertThat(ratios.silhouette()).isZero();
    assertThat(ratios.auroc().orElseThrow()).isEqualTo(1);
  }

  @Test
  void silhouettesAreThoseOfScikitLearn() {
    // sklearn.metrics.silhouette_score(X, numpy.arange(40) % 3, metric=...)
    var rows = Waves.of(40, 6);
    var classes =
        IntStream.range(0, 3)
            .mapToObj(
                c ->
                    new EmbeddedClass(
                        "c" + c,
                        IntStream.range(0, 40)
                            .filter(i -> i % 3 == c)
                            .mapToObj(i -> rows[i])
                            .toArray(double[][]::new),
                        1))
            .toList();
    assertThat(Silhouette.of(Metric.EUCLIDEAN, classes))
        .isCloseTo(-0.005316706903190085, within(1e-12));
    assertThat(Silhouette.of(Metric.COSINE, classes))
        .isCloseTo(-0.10233298492440583, within(1e-12));
  }

  @Test
  void missingClassesAreRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> EmbeddingDistances.of(Metric.COSINE, List.of(LEFT), List.of(MIDDLE)))
        .withMessageContaining("at least two known classes");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> euclidean("empty", new float[0][]))
        .withMessage("class 'empty' has no images");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Silhouette.of(Metric.COSINE, List.of(LEFT)));
  }

  @Test
  void zeroVectorHasNoDirection() {
    assertThat(Metric.COSINE.between(new double[2], new double[] {1, 0})).isEqualTo(1);
    assertThat(Space.NORMALIZED.of(new float[2])).containsExactly(0, 0);
    assertThat(Space.NORMALIZED.of(new float[] {3, 4}))
        .containsExactly(new double[] {0.6, 0.8}, within(1e-15));
  }
}
