package org.openmargin.report.card;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.openmargin.config.v1.EvaluationReport;

class ModelCardTest {

  private static EvaluationReport.Builder report() {
    var report =
        EvaluationReport.newBuilder()
            .setExperiment("blood")
            .setAcc(0.9876)
            .setAuroc(0.9)
            .setOscr(0.88)
            .setSelectedScorer("energy")
            .addKnownClasses("monocyte")
            .addKnownClasses("platelet")
            .addUnknownClasses("lymphocyte");
    report.getCountsBuilder().setTrain(70).addTrainByClass(30).addTrainByClass(40);
    report.getCountsBuilder().addValidationByClass(3).addValidationByClass(4);
    report
        .getDecisionBuilder()
        .setAlpha(0.05)
        .setThreshold(1.5)
        .setKnownRejectionRate(0.061)
        .setUnknownRejectionRate(0.7);
    return report;
  }

  @Test
  void itHoldsUseDataFiguresDecisionLimitsAndOrigin() {
    var text = new ModelCard(report().build(), Map.of("git_commit", "a|b")).text();
    assertThat(text)
        .contains("# Model card: blood", "## Intended use", "no medical device", "## Limits")
        .contains("| monocyte | 30 | 3 |", "| platelet | 40 | 4 |", "lymphocyte")
        .contains(
            "| accuracy on known classes (ACC) | 0.9876 |", "| both together (OSCR) | 0.8800 |")
        .contains("alpha = 0.05", "6.1 % of the known", "70.0 % were rejected")
        .contains("| git_commit | a\\|b |")
        .doesNotContain("Unfinished", "rehearsal");
  }

  @Test
  void whatIsNotMeasuredOrDoubtfulIsSaid() {
    var doubtful =
        report()
            .setOpenSetNotMeasured("there are no unknown classes")
            .setUnfinished("2 of 20 epochs")
            .addWarnings("few images");
    var text = new ModelCard(doubtful.build(), Map.of()).text();
    assertThat(text)
        .contains("**Unfinished:** 2 of 20 epochs", "**Warning:** few images")
        .contains("not measured: there are no unknown classes")
        .doesNotContain("AUROC) |");
  }
}
