package org.openmargin.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.openmargin.config.v1.EvaluationReport;
import org.openmargin.report.plot.Markup;

class VerdictTest {

  @Test
  void aRejectionRateWithinItsErrorAgreesWithTheBound() {
    var verdict = rejecting(0.135);
    assertThat(verdict.agreesWithBound()).isTrue();
    assertThat(html(verdict)).contains("target: at most 5\u202f%<").doesNotContain("differs");
  }

  @Test
  void aRejectionRateFarAboveTheBoundIsPointedOut() {
    var verdict = rejecting(0.145);
    assertThat(verdict.agreesWithBound()).isFalse();
    assertThat(html(verdict)).contains("test differs from validation");
  }

  @Test
  void theSentenceHoldsBothRates() {
    assertThat(html(rejecting(0.06)))
        .contains(
            "Recognises 75.0\u202f% of the images of unknown classes as unknown and rejects"
                + " 6.0\u202f% of the known ones.");
  }

  private static String html(Verdict verdict) {
    return Markup.of(output -> JteverdictGenerated.render(output, null, verdict));
  }

  /** 60 validation and 40 known test images; alpha 0.05, so two standard errors are 0.089. */
  private static Verdict rejecting(double knownRejectionRate) {
    var report = EvaluationReport.newBuilder();
    report.getCountsBuilder().setValidation(60).setKnownTest(40).setUnknownTest(30);
    report
        .getDecisionBuilder()
        .setAlpha(0.05)
        .setKnownRejectionRate(knownRejectionRate)
        .setUnknownRejectionRate(0.75);
    return new Verdict(report.build());
  }
}
