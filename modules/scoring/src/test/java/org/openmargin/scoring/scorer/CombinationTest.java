package org.openmargin.scoring.scorer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
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
import org.openmargin.scoring.calibration.ConformalCalibration;
import org.openmargin.scoring.evaluation.Guard;
import org.openmargin.scoring.numeric.Shrinkage;
import org.openmargin.scoring.numeric.TailScale;
import org.openmargin.scoring.training.TrainingOutputs;

class CombinationTest {
  private static final Head HEAD = Head.linear(List.of("a", "b"));

  /** Features around 0 for class a and around 5 for class b, and independent logits. */
  private static Predictions known(int images, long seed, double shift) {
    var random = new Random(seed);
    var labels = IntStream.range(0, images).map(i -> i % 2).toArray();
    var logits = new float[images][];
    var feature = new float[images][];
    for (int i = 0; i < images; i++) {
      var margin = (float) (3 + random.nextGaussian());
      logits[i] = labels[i] == 0 ? new float[] {margin, 0} : new float[] {0, margin};
      feature[i] =
          new float[] {
            (float) (5 * labels[i] + random.nextGaussian() + shift), (float) random.nextGaussian()
          };
    }
    var ids = IntStream.range(0, images).mapToObj(i -> seed + "/" + i).toList();
    var names = Arrays.stream(labels).mapToObj(HEAD.classNames()::get).toList();
    return new Predictions(
        HEAD, new Truth(ids, labels, names), logits, feature, Map.of("stem", feature));
  }

  private static Combination fitted(Combination.Rule rule, Predictions validation) {
    var network =
        new TrainedHead(HEAD, Optional.of(new TrainingOutputs(known(400, 1, 0))), Optional.empty())
            .withValidation(validation);
    var layers =
        new LayerSettings(
            List.of("stem"),
            List.of("stem"),
            new Shrinkage.LedoitWolf(),
            rule,
            Optional.of(ScorerType.MAX_PROBABILITY_CLOSED));
    var settings = new ScorerSettings(MaxProbability.Domain.LOG, Map.of(), layers);
    return (Combination) ScorerType.COMBINATION.scorer(network, settings);
  }

  @Test
  void aScaleGivesMinusTheLogarithmOfTheShareAbove() {
    var scale = TailScale.fit(IntStream.rangeClosed(0, 1000).asDoubleStream().toArray());
    for (double share : new double[] {0.5, 0.25, 0.1, 0.05, 0.025, 0.01}) {
      assertThat(scale.of(1000 * (1 - share))).isCloseTo(-Math.log(share), within(1e-9));
    }
    assertThat(scale.of(825)).isCloseTo((Math.log(4) + Math.log(10)) / 2, within(1e-9));
  }

  @Test
  void aScaleRisesForEverAndBelowTheMedianToo() {
    var random = new Random(4);
    var scale = TailScale.fit(random.doubles(200).toArray());
    double before = Double.NEGATIVE_INFINITY;
    for (double score : new double[] {-100, -1, 0, 0.3, 0.7, 0.93, 0.999, 2, 50, 1e6, 1e12}) {
      assertThat(scale.of(score)).isFinite().isGreaterThan(before);
      before = scale.of(score);
    }
  }

  @Test
  void equalReferenceScoresStillTellHigherOnesApart() {
    var scale = TailScale.fit(new double[50]);
    assertThat(scale.of(1)).isFinite().isGreaterThan(scale.of(0));
    assertThat(scale.of(2)).isGreaterThan(scale.of(1));
    var large = new double[50];
    Arrays.fill(large, -1e8);
    assertThat(TailScale.fit(large).of(-1e8 + 1)).isGreaterThan(TailScale.fit(large).of(-1e8));
  }

  @Test
  void tooFewReferenceImagesAreRefused() {
    assertThatThrownBy(() -> TailScale.fit(new double[19]))
        .hasMessage(
            "scores are combined on the scale of at least 20 known validation images; there are 19");
    var network = TrainedHead.of(HEAD).withValidation(known(38, 2, 0));
    assertThat(ScorerType.COMBINATION.allows(network)).isFalse();
  }

  @Test
  void theRulesAreTheSumAndTheLargest() {
    var validation = known(200, 2, 0);
    var test = known(50, 3, 0.7);
    var fisher = fitted(Combination.Rule.FISHER, validation);
    var largest = fitted(Combination.Rule.LARGEST, validation);
    var parts =
        fisher.parts().stream()
            .map(
                part ->
                    Arrays.stream(part.scorer().unknownScores(test))
                        .map(part.scale()::of)
                        .toArray())
            .toList();
    assertThat(fisher.parts()).extracting(Combination.Part::label).containsExactly("own", "stem");
    for (int row = 0; row < test.size(); row++) {
      double a = parts.get(0)[row];
      double b = parts.get(1)[row];
      assertThat(fisher.unknownScores(test)[row]).isCloseTo(a + b, within(1e-12));
      assertThat(largest.unknownScores(test)[row]).isEqualTo(Math.max(a, b));
    }
  }

  @Test
  void scalesAndThresholdComeFromDifferentImages() {
    var validation = known(201, 2, 0);
    var reference = Combination.reference(validation).truth().ids();
    var fisher = fitted(Combination.Rule.FISHER, validation);
    var calibrating = fisher.calibrating(validation).truth().ids();
    assertThat(reference).doesNotContainAnyElementsOf(calibrating);
    assertThat(reference.size() + calibrating.size()).isEqualTo(201);
    var calibration = ConformalCalibration.calibrate(fisher, validation, List.of(0.05));
    assertThat(calibration.validationImages()).isEqualTo(calibrating.size());
  }

  /** The bound holds on average over calibrations, whatever the parts. */
  @Test
  void theCombinationAsAWholeRejectsAtMostAlphaOfTheKnown() {
    double rejected = 0;
    int repetitions = 40;
    for (int i = 0; i < repetitions; i++) {
      var validation = known(120, 100 + i, 0);
      var test = known(400, 1000 + i, 0);
      var fisher = fitted(Combination.Rule.FISHER, validation);
      var threshold = ConformalCalibration.calibrate(fisher, validation, List.of(0.1)).at(0.1);
      for (boolean unknown : threshold.rejected(fisher.unknownScores(test))) {
        rejected += unknown ? 1.0 / 400 / repetitions : 0;
      }
    }
    // 0.1, with a standard error of about 0.006 over 40 calibrations of 60 images.
    assertThat(rejected).isBetween(0.07, 0.12);
  }

  @Test
  void whatOnlyTheFeatureSeesIsRejected() {
    var validation = known(200, 2, 0);
    var fisher = fitted(Combination.Rule.FISHER, validation);
    var threshold = ConformalCalibration.calibrate(fisher, validation, List.of(0.05)).at(0.05);
    var far = known(100, 7, 60);
    assertThat(threshold.rejected(fisher.unknownScores(far))).containsOnly(true);
    var guard = Guard.of(fisher, validation).orElseThrow();
    assertThat(guard.unusual(far)).containsOnly(true);
    assertThat(guard.threshold().alpha()).isEqualTo(2.0 / 101);
    var usual = guard.unusual(known(1000, 8, 0));
    assertThat(IntStream.range(0, 1000).filter(i -> usual[i]).count()).isBetween(2L, 45L);
    assertThat(Guard.of(MaxProbability.closed(HEAD), validation)).isEmpty();
  }
}
