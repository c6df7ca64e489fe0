package org.openmargin.inference.calibration;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.openmargin.exporter.Description;
import org.openmargin.exporter.Json;
import org.openmargin.exporter.calibration.DecisionFacts;
import org.openmargin.scoring.calibration.ImpostorThreshold;
import org.openmargin.scoring.calibration.Proportion;
import org.openmargin.scoring.calibration.RealisedRate;

/** What is told about a calibration, besides the thresholds for all classes. */
final class CalibrationFacts {
  private CalibrationFacts() {}

  static Map<String, Object> of(
      ModelCalibration.Found found, CalibrationSettings settings, List<String> classNames) {
    var facts = new LinkedHashMap<String, Object>();
    var rule = found.calibration().rule();
    facts.put("smallest_alpha", 1 / (rule.calibration().validationImages() + 1.0));
    facts.put("unusable_images", found.known().unusable().size());
    found
        .calibration()
        .impostors()
        .ifPresent(accepted -> facts.put("impostors", impostors(found, settings, accepted)));
    facts.putAll(DecisionFacts.of(rule, classNames, found.calibration().scaling()));
    return facts;
  }

  private static Map<String, Object> impostors(
      ModelCalibration.Found found, CalibrationSettings settings, Proportion accepted) {
    var share = settings.impostorShare().orElseThrow();
    return Json.object(
        "images", accepted.of(),
        "unusable_images", found.impostors().orElseThrow().unusable().size(),
        "target_share", share,
        "bound", ImpostorThreshold.bound((int) accepted.of(), share),
        "accepted", accepted.count(),
        "accepted_share_low", accepted.low(),
        "accepted_share_high", accepted.high());
  }

  /** With the thresholds for all classes, and what the model did before. */
  static Map<String, Object> all(
      ModelCalibration.Found found, CalibrationSettings settings, List<String> classNames) {
    var rule = found.calibration().rule();
    var all = new LinkedHashMap<String, Object>();
    all.put("images", rule.calibration().validationImages());
    all.put("decision", Description.decision(rule, classNames));
    all.put("rejected_before", found.known().rejected());
    all.putAll(Description.calibration(rule.calibration()));
    all.putAll(of(found, settings, classNames));
    return all;
  }

  /** One sentence for the model card. */
  static String summary(ModelCalibration.Found found) {
    var rule = found.calibration().rule();
    var threshold = rule.threshold();
    var rate = RealisedRate.of(threshold);
    return "calibrated on %d known images of another site. %s a known image like them is rejected with probability at most %s (%s to %s in 90 %% of such calibrations). %s%s"
        .formatted(
            threshold.validationImages(),
            rule.byClass().isEmpty()
                ? "`unknown` unless the unknown score is at most %s;"
                    .formatted(Double.toString(threshold.threshold()))
                : "Each predicted class has its own threshold;",
            Percent.of(rule.byClass().isEmpty() ? threshold.bound() : rule.alpha()),
            Percent.of(rate.low()),
            Percent.of(rate.high()),
            found
                .calibration()
                .impostors()
                .map(
                    accepted ->
                        "Of %d impostors, %d are accepted. "
                            .formatted(accepted.of(), accepted.count()))
                .orElse(""),
            found.calibration().scaling().map(DecisionFacts::sentence).orElse(""));
  }
}
