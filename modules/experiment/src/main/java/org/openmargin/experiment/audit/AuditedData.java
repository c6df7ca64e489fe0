package org.openmargin.experiment.audit;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.openmargin.config.v1.DataAuditReport;
import org.openmargin.data.audit.AuditResult;
import org.openmargin.data.audit.AuditedImage;
import org.openmargin.data.audit.AuditedSet;
import org.openmargin.data.audit.Finding;
import org.openmargin.data.audit.Leaks;
import org.openmargin.report.audit.AuditSection;
import org.openmargin.report.plot.FailurePicture;

/**
 * An audited data set, its images at hand.
 *
 * @param acknowledged names of leaks that are accepted
 * @param refusedGroups numbers of groups that training refuses, in several parts of a given
 *     division
 * @param calibration what the validation images allow
 */
public record AuditedData(
    AuditedSet set,
    AuditResult result,
    List<String> acknowledged,
    List<String> refusedGroups,
    DataAuditReport.Calibration calibration) {

  /** Findings of all kinds. */
  public List<Finding> findings() {
    return result.findings();
  }

  AuditedData refusing(List<String> groups) {
    return new AuditedData(set, result, acknowledged, groups, calibration);
  }

  /** Whether training would refuse the images. */
  public boolean isRefused() {
    return !refusedGroups.isEmpty() || !leaks().refused().isEmpty();
  }

  /** What training and test share, and what of it is accepted. */
  Leaks leaks() {
    return new Leaks(result.leaks(), acknowledged);
  }

  /** The findings as a message: without pixels, paths of folders or names of groups. */
  public DataAuditReport message() {
    return AuditMessage.of(result, List.of())
        .addAllAcknowledgedLeaks(acknowledged)
        .setCalibration(calibration)
        .build();
  }

  /** Pictures of the images that a page of the findings shows. */
  public Map<String, FailurePicture> pictures() {
    return pictures(set, message());
  }

  /**
   * Pictures for a page.
   *
   * @param set may lack any image
   */
  static Map<String, FailurePicture> pictures(AuditedSet set, DataAuditReport report) {
    var rows = new HashMap<String, Integer>();
    for (var row = 0; row < set.images().size(); row++) {
      rows.put(key(set.images().get(row)), row);
    }
    var pictures = new LinkedHashMap<String, FailurePicture>();
    for (var key : AuditSection.pictured(report)) {
      Optional.ofNullable(rows.get(key))
          .ifPresent(
              row -> pictures.put(key, FailurePicture.of(set.pixels(row), 0, Optional.empty())));
    }
    return pictures;
  }

  private static String key(AuditedImage image) {
    return AuditSection.key(image.split(), image.id());
  }
}
