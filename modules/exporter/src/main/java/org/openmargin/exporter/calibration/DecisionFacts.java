package org.openmargin.exporter.calibration;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.openmargin.exporter.Description;
import org.openmargin.exporter.Json;
import org.openmargin.scoring.calibration.DecisionRule;
import org.openmargin.scoring.calibration.TemperatureScaling;
import org.openmargin.scoring.metric.Ece;

/** What is told about thresholds by class and about a temperature, wherever they were found. */
public final class DecisionFacts {
  private DecisionFacts() {}

  /**
   * For {@code open_set.json}; empty if there is neither.
   *
   * @param classNames in label order
   */
  public static Map<String, Object> of(
      DecisionRule rule, List<String> classNames, Optional<TemperatureScaling> scaling) {
    var facts = new LinkedHashMap<String, Object>();
    if (!rule.byClass().isEmpty()) {
      var thresholds = new ArrayList<Map<String, Object>>();
      for (var c = 0; c < classNames.size(); c++) {
        var threshold = Json.object("predicted_class", classNames.get(c));
        threshold.putAll(Description.threshold(rule.byClass().get(c)));
        thresholds.add(threshold);
      }
      facts.put("class_thresholds", thresholds);
    }
    scaling.ifPresent(found -> facts.put("temperature_scaling", scaling(found)));
    return facts;
  }

  private static Map<String, Object> scaling(TemperatureScaling scaling) {
    return Json.object(
        "temperature", scaling.temperature(),
        "labelled_images", scaling.images(),
        "ece_bins", Ece.BINS,
        "ece_before", scaling.eceBefore(),
        "ece_after_cross_fitted", scaling.eceAfter(),
        "negative_log_likelihood_before", scaling.lossBefore(),
        "negative_log_likelihood_after_cross_fitted", scaling.lossAfter());
  }

  /** One sentence for the model card. */
  public static String sentence(TemperatureScaling scaling) {
    return String.format(
        Locale.ROOT,
        "Probabilities at temperature %.4f: ECE %.4f, before %.4f (%d bins, cross-fitted).",
        scaling.temperature(),
        scaling.eceAfter(),
        scaling.eceBefore(),
        Ece.BINS);
  }
}
