package org.openmargin.report.sets;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.openmargin.config.v1.EvaluationReport;
import org.openmargin.config.v1.EvaluationReport.ImageSet;
import org.openmargin.config.v1.EvaluationReport.SetFigures;

class SetTableTest {

  private static SetFigures.Builder figures(int images, double rejected) {
    return SetFigures.newBuilder().setImages(images).setRejectionRate(rejected);
  }

  private static EvaluationReport report() {
    var interval = EvaluationReport.Interval.newBuilder().setLow(0.5).setHigh(0.6);
    var shifted = figures(400, 0.2).setAcc(0.9).setAcceptedAcc(0.95).setAuroc(0.55);
    var report = EvaluationReport.newBuilder();
    report.getDecisionBuilder().setAlpha(0.05);
    report
        .addSets(
            ImageSet.newBuilder()
                .setKind(ImageSet.Kind.KNOWN)
                .setFigures(figures(12_000, 0.048).setAcc(0.98765).setAcceptedAcc(0.99)))
        .addSets(
            ImageSet.newBuilder()
                .setKind(ImageSet.Kind.SHIFTED_KNOWN)
                .setFigures(shifted.setAurocInterval(interval))
                .addParts(part("brightness, severity 3"))
                .addParts(part("site B").toBuilder().addUnreadable("a.png (cut off)")))
        .addSets(
            ImageSet.newBuilder()
                .setKind(ImageSet.Kind.NEAR_UNKNOWN)
                .setFigures(
                    figures(300, 0.8)
                        .setAuroc(0.9)
                        .setAurocInterval(interval)
                        .setFullSpectrumAuroc(0.87))
                .addParts(part("horse"))
                .addParts(part("sheep")));
    return report.build();
  }

  private static ImageSet.Part part(String name) {
    return ImageSet.Part.newBuilder()
        .setName(name)
        .setFound(250)
        .setFigures(figures(200, 0.25).setAcc(0.8).setAcceptedAcc(0.85).setAuroc(0.6))
        .build();
  }

  @Test
  void eachSetHasARowAndShiftsAreTakenApart() {
    assertThat(new SetTable(report()).lines())
        .containsExactly(
            "",
            "sets of images            images    ACC accepted rejected AUROC",
            "known                     12,000 0.9877   0.9900    4.8 %",
            "shifted known                400 0.9000   0.9500   20.0 % 0.5500 [0.5000,0.6000]",
            "  brightness, severity 3     200 0.8000   0.8500   25.0 % 0.6000",
            "  site B                     200 0.8000   0.8500   25.0 % 0.6000",
            "near unknown                 300                   80.0 % 0.9000 [0.5000,0.6000]",
            "  at alpha 0.05; accepted: ACC of the accepted images; AUROC: against known test images",
            "  AUROC against known and shifted known together: near unknown 0.8700",
            "  shifted images 'site B': 1 unreadable, such as a.png (cut off)");
  }

  @Test
  void theWholeTableHasPartsOfAllSets() {
    assertThat(new SetTable(report()).rows())
        .extracting(SetTable.Row::name)
        .containsExactly(
            "known",
            "shifted known",
            "brightness, severity 3",
            "site B",
            "near unknown",
            "horse",
            "sheep");
  }

  @Test
  void anOlderEvaluationHasNoTable() {
    var older = new SetTable(EvaluationReport.getDefaultInstance());
    assertThat(older.isEmpty()).isTrue();
    assertThat(older.lines()).isEmpty();
  }
}
