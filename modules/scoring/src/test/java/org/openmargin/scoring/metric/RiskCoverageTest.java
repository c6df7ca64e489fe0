package org.openmargin.scoring.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.openmargin.scoring.UnknownScores;

class RiskCoverageTest {
  private static final Offset<Double> EXACT = within(1e-15);
  private static final double[] KNOWN = {-3, -2.5, -2.5, -2, -1, -0.5, -0.5, 0.5};
  private static final boolean[] CORRECT = {true, true, false, true, true, false, true, false};
  private static final double[] UNKNOWN = {-2.5, -0.5, 0, 0.5, 1.5};
  private static final UnknownScores SCORES = new UnknownScores(KNOWN, UNKNOWN, CORRECT);

  /**
   * NumPy 2.4: {@code mean(f[s <= t] for t in s)}, and {@code trapezoid} of {@code mean((s <= t) &
   * f)} over {@code mean(s <= t)} at the distinct scores, from (0, 0).
   */
  @Test
  void areasEqualNumPys() {
    assertThat(RiskCoverage.of(Sweep.of(SCORES)).aurc()).isCloseTo(0.44990138067061136, EXACT);
    assertThat(RiskCoverage.of(Sweep.of(SCORES)).augrc()).isCloseTo(0.23668639053254437, EXACT);
    assertThat(RiskCoverage.ofKnown(Sweep.of(SCORES)).aurc()).isCloseTo(0.25788690476190473, EXACT);
    assertThat(RiskCoverage.ofKnown(Sweep.of(SCORES)).augrc()).isCloseTo(0.1328125, EXACT);
  }

  @Test
  void generalizedRiskFollowsFromFailureRateAndAuroc() {
    // Of the known images, 3 of 8 are wrong; the wrong ones take the place of unknown images.
    double[] right = {-3, -2.5, -2, -1, -0.5};
    double[] wrong = {-2.5, -0.5, 0.5};
    double e = 3.0 / 8;
    double auroc = Auroc.of(right, wrong);
    assertThat(RiskCoverage.ofKnown(Sweep.of(SCORES)).augrc())
        .isCloseTo(e * (1 - e) * (1 - auroc) + e * e / 2, EXACT);
  }

  @Test
  void withoutMistakesOnlyUnknownImagesAreRisky() {
    boolean[] right = {true, true};
    var perfect = new UnknownScores(new double[] {1, 2}, new double[] {3, 4}, right);
    assertThat(RiskCoverage.ofKnown(Sweep.of(perfect))).isEqualTo(new RiskCoverage(0, 0));
    // Risks 0, 0, 1/3, 2/4; generalized risk 1/2 at the end, rising over the second half.
    assertThat(RiskCoverage.of(Sweep.of(perfect)).aurc()).isCloseTo((1.0 / 3 + 1.0 / 2) / 4, EXACT);
    assertThat(RiskCoverage.of(Sweep.of(perfect)).augrc()).isCloseTo(1.0 / 8, EXACT);
  }

  @Test
  void bothKindsOfImagesAreNeeded() {
    assertThatThrownBy(
            () -> RiskCoverage.of(Sweep.of(new UnknownScores(KNOWN, new double[0], CORRECT))))
        .hasMessageContaining("got 8 known and 0 unknown");
  }
}
