package org.openmargin.scoring.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.openmargin.scoring.UnknownScores;

class MetricVectorsTest {
  private static final Offset<Double> EXACT = within(1e-15);

  static Stream<MetricVector> vectors() {
    return MetricVector.all().stream();
  }

  @ParameterizedTest
  @MethodSource("vectors")
  void accuracyAndAurocEqualScikitLearn(MetricVector v) {
    assertThat(Accuracy.of(v.correct())).isEqualTo(v.expected().acc());
    assertThat(Auroc.of(v.knownScores(), v.unknownScores())).isCloseTo(v.expected().auroc(), EXACT);
  }

  @ParameterizedTest
  @MethodSource("vectors")
  void oscrEqualsTheExactAreaAndArplsOwnNumber(MetricVector v) {
    var expected = v.expected().oscr();
    assertThat(Oscr.of(Sweep.of(v.knownScores(), v.unknownScores(), v.correct())))
        .isCloseTo(expected.exact(), EXACT);
    assertThat(arplCompatible(v.knownScores(), v.unknownScores(), v.correct()))
        .isCloseTo(expected.arpl(), EXACT);
  }

  @ParameterizedTest
  @MethodSource("vectors")
  void ccrFprCurveHasTheExactPoints(MetricVector v) {
    var curve = OpenSetCurves.ccrFpr(v.knownScores(), v.unknownScores(), v.correct());
    assertThat(curve.stream().mapToDouble(CurvePoint::fpr).toArray())
        .containsExactly(v.expected().curve().fpr(), EXACT);
    assertThat(curve.stream().mapToDouble(CurvePoint::rate).toArray())
        .containsExactly(v.expected().curve().ccr(), EXACT);
  }

  @ParameterizedTest
  @MethodSource("vectors")
  void precisionRecallAndRatesEqualOpenOod(MetricVector v) {
    var known = v.knownScores();
    var unknown = v.unknownScores();
    var expected = v.expected().detection();
    assertThat(Aupr.knownPositive(Sweep.of(known, unknown))).isCloseTo(expected.auprKnown(), EXACT);
    assertThat(Aupr.unknownPositive(Sweep.of(known, unknown)))
        .isCloseTo(expected.auprUnknown(), EXACT);
    assertThat(FprAt95Tpr.of(Sweep.of(known, unknown))).isEqualTo(expected.fpr95());
    assertThat(CcrAtFpr.of(Sweep.of(known, unknown, v.correct()), 0.1))
        .isEqualTo(expected.ccr()[0]);
    assertThat(CcrAtFpr.of(Sweep.of(known, unknown, v.correct()), 0.25))
        .isEqualTo(expected.ccr()[1]);
    assertThat(CcrAtFpr.of(Sweep.of(known, unknown, v.correct()), 0.5))
        .isEqualTo(expected.ccr()[2]);
  }

  @ParameterizedTest
  @MethodSource("vectors")
  void detectionAccuracyEqualsArpls(MetricVector v) {
    assertThat(100 * Dtacc.of(Sweep.of(v.knownScores(), v.unknownScores())))
        .isCloseTo(v.expected().detection().arplDtacc(), within(1e-12));
  }

  private static double arplCompatible(double[] known, double[] unknown, boolean[] correct) {
    return Metric.OSCR_ARPL_COMPATIBLE.of(new UnknownScores(known, unknown, correct));
  }
}
