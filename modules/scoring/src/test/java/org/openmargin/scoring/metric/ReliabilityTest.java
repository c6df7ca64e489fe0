package org.openmargin.scoring.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.openmargin.scoring.UnknownScores;

class ReliabilityTest {

  @Test
  void aBinHoldsTheMeansOfItsImages() {
    double[] probabilities = {0.95, 0.97, 0.52};
    var bins = Reliability.of(probabilities, new boolean[] {true, false, true}).bins();
    assertThat(bins).extracting(Reliability.Bin::images).containsExactly(1, 2);
    assertThat(bins.get(0).accuracy()).isEqualTo(1);
    assertThat(bins.get(0).confidence()).isEqualTo(0.52);
    assertThat(bins.get(0).low()).isEqualTo(7.0 / 15);
    assertThat(bins.get(1).accuracy()).isEqualTo(0.5);
    assertThat(bins.get(1).confidence()).isCloseTo(0.96, within(1e-12));
    assertThat(bins.get(1).high()).isEqualTo(1);
  }

  @Test
  void theWeightedDistancesOfTheBinsAreTheCalibrationError() {
    var random = new Random(3);
    var probabilities = random.doubles(500).toArray();
    var correct = new boolean[500];
    for (var i = 0; i < correct.length; i++) {
      correct[i] = random.nextDouble() < probabilities[i] * probabilities[i];
    }
    var distance =
        Reliability.of(probabilities, correct).bins().stream()
            .mapToDouble(b -> b.images() / 500.0 * Math.abs(b.accuracy() - b.confidence()))
            .sum();
    assertThat(distance).isCloseTo(Ece.of(probabilities, correct), within(1e-12)).isPositive();
  }

  @Test
  void theRiskCoverageCurveHasARowPerDistinctScore() {
    // Accepted in turn: a right known image; two at one score, of which one is unknown; a wrong
    // one.
    var scores =
        new UnknownScores(
            new double[] {1, 2, 3}, new double[] {2}, new boolean[] {true, true, false});
    assertThat(OpenSetCurves.riskCoverage(scores))
        .containsExactly(
            new CurvePoint(0.25, 0), new CurvePoint(0.75, 1.0 / 3), new CurvePoint(1, 0.5));
  }

  @Test
  void theMeanRiskOverTheImagesIsTheAreaOfTheMetric() {
    var random = new Random(4);
    var known = random.doubles(80).toArray();
    var unknown = random.doubles(30).map(s -> s + 0.3).toArray();
    var correct = new boolean[80];
    for (var i = 0; i < correct.length; i++) {
      correct[i] = random.nextInt(4) > 0;
    }
    var scores = new UnknownScores(known, unknown, correct);
    var mean = OpenSetCurves.riskCoverage(scores).stream().mapToDouble(CurvePoint::rate).average();
    assertThat(mean.getAsDouble()).isCloseTo(Metric.AURC.of(scores), within(1e-12));
    var closed = new UnknownScores(known, new double[0], correct);
    var meanOfKnown =
        OpenSetCurves.riskCoverage(closed).stream().mapToDouble(CurvePoint::rate).average();
    assertThat(meanOfKnown.getAsDouble()).isCloseTo(Metric.AURC_KNOWN.of(scores), within(1e-12));
  }
}
