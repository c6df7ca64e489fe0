package org.openmargin.report.audit;

import java.util.List;
import java.util.stream.Stream;
import org.openmargin.config.v1.DataAuditReport;

/** What a page shows of the findings: some instances of each, and their images side by side. */
public final class AuditSection {
  /** Instances of a finding that a page lists. */
  private static final int MOST = 24;

  private static final int MOST_PICTURES = 96;

  private AuditSection() {}

  /** The name of an image's picture. */
  public static String key(String split, String id) {
    return "audit " + split + " " + id;
  }

  public static String key(DataAuditReport.Image image) {
    return key(image.getSplit(), image.getId());
  }

  /** Keys of the images that a page shows. */
  public static List<String> pictured(DataAuditReport report) {
    return report.getFindingsList().stream()
        .flatMap(finding -> shown(finding).stream())
        .flatMap(evidence -> images(evidence).stream())
        .map(AuditSection::key)
        .distinct()
        .limit(MOST_PICTURES)
        .toList();
  }

  /** The instances that a page lists. */
  public static List<DataAuditReport.Evidence> shown(DataAuditReport.Finding finding) {
    return finding.getEvidenceList().stream().limit(MOST).toList();
  }

  /** The images of an instance that a page lists: two side by side, or some more. */
  public static List<DataAuditReport.Image> images(DataAuditReport.Evidence evidence) {
    return evidence.getImagesList().stream().limit(4).toList();
  }

  /** Leak, warning or note. */
  public static String weight(DataAuditReport.Finding finding) {
    return finding.getLeak() ? "leak" : finding.getWarning() ? "warning" : "note";
  }

  static Stream<DataAuditReport.Finding> leaks(DataAuditReport report) {
    return report.getFindingsList().stream().filter(DataAuditReport.Finding::getLeak);
  }
}
