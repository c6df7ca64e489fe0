package org.openmargin.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.openmargin.scoring.evaluation.OpenSetEvaluation;
import org.openmargin.scoring.evaluation.OperatingPoint;
import org.openmargin.scoring.evaluation.SelectedScorer;

class VerdictTest {
  /** 60 validation and 40 known test images; alpha 0.05, so two standard errors are 0.089. */
  private static final OpenSetEvaluation EVALUATION =
      ExampleEvaluation.page(
              List.of("a", "b"), "max_probability_open", ExampleEvaluation.Sizes.SMALL)
          .evaluation();

  @Test
  void aRejectionRateWithinItsErrorAgreesWithTheBound() {
    Verdict verdict = rejecting(0.135);
    assertThat(verdict.agreesWithBound()).isTrue();
    assertThat(verdict.html()).contains("wanted: at most 5\u202f%<").doesNotContain("differs");
  }

  @Test
  void aRejectionRateFarAboveTheBoundIsSaid() {
    Verdict verdict = rejecting(0.145);
    assertThat(verdict.agreesWithBound()).isFalse();
    assertThat(verdict.html()).contains("test differs from validation");
  }

  @Test
  void theSentenceHoldsBothRates() {
    assertThat(rejecting(0.06).sentence())
        .isEqualTo(
            "Calls 75.0\u202f% of the images of unknown classes unknown, and rejects 6.0\u202f% of"
                + " the known ones.");
  }

  private static Verdict rejecting(double knownRejectionRate) {
    SelectedScorer selected = EVALUATION.selected();
    OperatingPoint test = new OperatingPoint(knownRejectionRate, 0.75, 0.8, 0.7);
    return new Verdict(
        new OpenSetEvaluation(
            EVALUATION.counts(),
            EVALUATION.closedSet(),
            EVALUATION.scorers(),
            new SelectedScorer(
                selected.selection(), selected.calibration(), selected.threshold(), test)));
  }
}
