package org.openmargin.report.audit;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.openmargin.config.v1.DataAuditReport;

/** The findings as lines of text. */
public final class AuditText {
  private static final int MOST_OF_A_KIND = 10;

  private AuditText() {}

  /** Counts, every finding with some instances, then what is as it should be. */
  public static List<String> lines(DataAuditReport report) {
    var lines = new ArrayList<String>();
    lines.add(text("%s: %,d images", report.getDataset(), report.getImages()));
    for (var range : report.getRangesList()) {
      lines.add(
          text(
              "  %-10s  %,7d images, values %d to %d, mean %.0f, contrast %.0f",
              range.getSplit(),
              range.getImages(),
              range.getLeast(),
              range.getGreatest(),
              range.getMean(),
              range.getContrast()));
    }
    for (var finding : report.getFindingsList()) {
      lines.add("");
      lines.add(AuditSection.weight(finding) + ": " + finding.getSummary());
      instances(finding).forEach(lines::add);
      if (finding.getLeak()) {
        lines.add("  to accept it: data { acknowledged_leaks: \"" + finding.getName() + "\" }");
      }
    }
    lines.add("");
    lines.add(calibration(report.getCalibration()));
    report.getConfoundingList().stream()
        .filter(test -> !test.getFound())
        .map(AuditText::unfounded)
        .forEach(lines::add);
    if (AuditSection.leaks(report).findAny().isEmpty()) {
      lines.add("training and test share no image and no group that could be found");
    }
    return lines;
  }

  private static List<String> instances(DataAuditReport.Finding finding) {
    var lines = new ArrayList<String>();
    finding.getEvidenceList().stream()
        .limit(MOST_OF_A_KIND)
        .map(AuditText::instance)
        .forEach(lines::add);
    var more = finding.getEvidenceCount() - MOST_OF_A_KIND;
    if (more > 0) {
      lines.add(text("  and %,d more; all are in --json", more));
    }
    return lines;
  }

  private static String instance(DataAuditReport.Evidence evidence) {
    var images =
        AuditSection.images(evidence).stream()
            .map(image -> image.getId() + " (" + image.getClassName() + ")")
            .collect(Collectors.joining("  "));
    var correlation =
        evidence.getCorrelation() == 0 ? "" : text("  correlation %.3f", evidence.getCorrelation());
    var remark = evidence.getRemark().isEmpty() ? "" : evidence.getRemark() + ": ";
    var more = evidence.getCount() - AuditSection.images(evidence).size();
    return "  " + remark + images + (more > 0 ? text("  and %d more", more) : "") + correlation;
  }

  private static String calibration(DataAuditReport.Calibration calibration) {
    return calibration.getSmallestAlpha() == 0
        ? text(
            "%,d validation images: too few for any threshold", calibration.getValidationImages())
        : text(
            "%,d validation images: the smallest alpha of a threshold is %s",
            calibration.getValidationImages(), calibration.getSmallestAlpha());
  }

  private static String unfounded(DataAuditReport.Confounding test) {
    return text(
        "%s do not tell the class (balanced accuracy %.2f, guessing %.2f, p %.3f)",
        test.getFacts(), test.getAccuracy(), test.getChance(), test.getP());
  }

  private static String text(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}
