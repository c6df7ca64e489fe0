package org.openmargin.scoring.scorer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.openmargin.scoring.Head;
import org.openmargin.scoring.Predictions;
import org.openmargin.scoring.Truth;
import org.openmargin.scoring.numeric.ClassGaussians;
import org.openmargin.scoring.numeric.Shrinkage;
import org.openmargin.scoring.training.TrainingOutputs;

class LayerGaussianTest {
  private static final int[] LABELS = {0, 0, 0, 0, 1, 1, 1, 1};
  private static final float[][] X = {
    {1, 10}, {-1, 10}, {0, 12}, {0, 8}, {9, 50}, {11, 50}, {10, 46}, {10, 54}
  };

  private static Predictions predictions(float[][] x) {
    var ids = List.of("0", "1", "2", "3", "4", "5", "6", "7").subList(0, x.length);
    var names = List.of("a", "a", "a", "a", "b", "b", "b", "b").subList(0, x.length);
    var labels = java.util.Arrays.copyOf(LABELS, x.length);
    return new Predictions(
        Head.linear(List.of("a", "b")),
        new Truth(ids, labels, names),
        new float[x.length][2],
        x,
        Map.of("stem", x, "stain", x));
  }

  private static TrainedHead trained(Predictions outputs) {
    var training = new TrainingOutputs(outputs);
    return new TrainedHead(
        training.head(), Optional.of(training), Optional.empty(), Optional.empty());
  }

  /** Two independent normal variables for each class, by hand. */
  @Test
  void withoutShrinkageItIsTheLogDensityOfTheNearestClass() {
    var gaussians = ClassGaussians.fit(X, LABELS, new Shrinkage.Fixed(0));
    // Class a: variances 0.5 and 2; class b: 0.5 and 8. Deviations of all, squared: 25.5 and 405.
    double[] deviations = {25 + 0.5, 400 + 5};
    double a =
        (4 / 0.5 + 9 / 2.0 + Math.log(0.5 / deviations[0]) + Math.log(2 / deviations[1])) / 2;
    double b =
        (64 / 0.5 + 37 * 37 / 8.0 + Math.log(0.5 / deviations[0]) + Math.log(8 / deviations[1]))
            / 2;
    var distances = gaussians.distances(new float[] {2, 13});
    assertThat(distances[0]).isCloseTo(a, within(1e-6));
    assertThat(distances[1]).isCloseTo(b, within(1e-5));
    var training = trained(predictions(X));
    var scorer = LayerGaussian.fit(training, List.of("stem"), new Shrinkage.Fixed(0));
    assertThat(scorer.unknownScores(predictions(new float[][] {{2, 13}}))[0])
        .isCloseTo(a / 2, within(1e-6));
  }

  @Test
  void featuresAreAddedClassByClass() {
    var training = trained(predictions(X));
    var one = LayerGaussian.fit(training, List.of("stem"), new Shrinkage.LedoitWolf());
    var two = LayerGaussian.fit(training, List.of("stem", "stain"), new Shrinkage.LedoitWolf());
    var query = predictions(new float[][] {{2, 13}, {9, 40}});
    for (int row = 0; row < 2; row++) {
      assertThat(two.unknownScores(query)[row])
          .isCloseTo(2 * one.unknownScores(query)[row], within(1e-9));
    }
  }

  @Test
  void unitsDoNotMatter() {
    float[][] scaled = new float[X.length][];
    for (int i = 0; i < X.length; i++) {
      scaled[i] = new float[] {X[i][0] * 1024, X[i][1] / 64};
    }
    var plain = ClassGaussians.fit(X, LABELS, new Shrinkage.LedoitWolf());
    var other = ClassGaussians.fit(scaled, LABELS, new Shrinkage.LedoitWolf());
    assertThat(other.distances(new float[] {3 * 1024, 20f / 64}))
        .containsExactly(plain.distances(new float[] {3, 20}), within(1e-6));
  }

  /** A unit that never fires on known images, but does on this one. */
  @Test
  void aChangeOfWhatNeverChangesIsFar() {
    float[][] dead = new float[X.length][];
    for (int i = 0; i < X.length; i++) {
      dead[i] = new float[] {X[i][0], 0};
    }
    var gaussians = ClassGaussians.fit(dead, LABELS, new Shrinkage.LedoitWolf());
    double usual = gaussians.distances(new float[] {0, 0})[0];
    assertThat(gaussians.distances(new float[] {0, 5})[0]).isFinite().isGreaterThan(usual + 1);
    var constant = ClassGaussians.fit(new float[8][3], LABELS, new Shrinkage.Oas());
    assertThat(constant.distances(new float[] {1, 0, 0})[0]).isFinite();
  }

  @Test
  void aFeatureThatIsMissingOrNotFiniteIsNamed() {
    var training = trained(predictions(X));
    assertThatThrownBy(
            () -> LayerGaussian.fit(training, List.of("stage9"), new Shrinkage.LedoitWolf()))
        .hasMessageContaining("no feature 'stage9'");
    float[][] damaged = predictions(X).feature("stem").clone();
    damaged[3] = new float[] {0, Float.NaN};
    var bad =
        trained(
            new Predictions(
                training.head(),
                predictions(X).truth(),
                new float[8][2],
                X,
                Map.of("stem", damaged)));
    assertThatThrownBy(() -> LayerGaussian.fit(bad, List.of("stem"), new Shrinkage.LedoitWolf()))
        .hasMessageContaining("row 3 (id '3'), feature stem: ")
        .hasMessageContaining("NaN");
    assertThatThrownBy(() -> LayerGaussian.fit(training, List.of(), new Shrinkage.Oas()))
        .hasMessageContaining("at least one feature");
  }
}
