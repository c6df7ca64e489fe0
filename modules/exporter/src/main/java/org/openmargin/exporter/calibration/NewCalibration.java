package org.openmargin.exporter.calibration;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.openmargin.scoring.calibration.DecisionRule;

/**
 * What replaces the calibration of a model.
 *
 * @param rule all numbers of the decision
 * @param facts about how they were found, for {@code open_set.json}
 * @param summary one line of Markdown, for the model card
 */
public record NewCalibration(DecisionRule rule, Map<String, Object> facts, String summary) {

  /** Keeps the order. */
  public NewCalibration {
    facts = Collections.unmodifiableMap(new LinkedHashMap<>(facts));
  }
}
