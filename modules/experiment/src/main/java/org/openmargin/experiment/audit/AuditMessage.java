package org.openmargin.experiment.audit;

import java.util.ArrayList;
import java.util.List;
import org.openmargin.config.v1.DataAuditReport;
import org.openmargin.data.audit.AuditResult;
import org.openmargin.data.audit.AuditedImage;
import org.openmargin.data.audit.Confounding;
import org.openmargin.data.audit.Evidence;
import org.openmargin.data.audit.Finding;
import org.openmargin.data.audit.ValueRange;

/** Findings as a message, for files and for programs. */
final class AuditMessage {
  private AuditMessage() {}

  /**
   * @param more findings besides those of the result
   */
  static DataAuditReport.Builder of(AuditResult result, List<Finding> more) {
    var findings = new ArrayList<>(result.findings());
    findings.addAll(more);
    var report =
        DataAuditReport.newBuilder()
            .setDataset(result.name())
            .setImages(result.images())
            .addAllFindings(findings.stream().map(AuditMessage::of).toList())
            .addAllConfounding(result.confounding().stream().map(AuditMessage::of).toList());
    result.ranges().forEach((split, range) -> report.addRanges(of(split, range)));
    return report;
  }

  private static DataAuditReport.Finding of(Finding finding) {
    return DataAuditReport.Finding.newBuilder()
        .setKind(finding.kind().word())
        .setSplits(finding.splits())
        .setSummary(finding.summary())
        .setName(finding.name())
        .setLeak(finding.isLeak())
        .setWarning(finding.isWarning())
        .addAllEvidence(finding.evidence().stream().map(AuditMessage::of).toList())
        .build();
  }

  private static DataAuditReport.Evidence of(Evidence evidence) {
    var message =
        DataAuditReport.Evidence.newBuilder()
            .setCount(evidence.count())
            .setRemark(evidence.remark())
            .addAllImages(evidence.images().stream().map(AuditMessage::of).toList());
    evidence.correlation().ifPresent(message::setCorrelation);
    return message.build();
  }

  private static DataAuditReport.Image of(AuditedImage image) {
    return DataAuditReport.Image.newBuilder()
        .setSplit(image.split())
        .setClassName(image.className())
        .setId(image.id())
        .setGroup(image.group().orElse(""))
        .build();
  }

  private static DataAuditReport.Range of(String split, ValueRange range) {
    return DataAuditReport.Range.newBuilder()
        .setSplit(split)
        .setImages(range.images())
        .setLeast(range.least())
        .setGreatest(range.greatest())
        .setMean(range.mean())
        .setContrast(range.contrast())
        .build();
  }

  private static DataAuditReport.Confounding of(Confounding test) {
    return DataAuditReport.Confounding.newBuilder()
        .setFacts(test.facts())
        .setAccuracy(test.accuracy())
        .setLow(test.low())
        .setHigh(test.high())
        .setChance(test.chance())
        .setP(test.p())
        .setImages(test.images())
        .setFound(test.isFound())
        .build();
  }
}
