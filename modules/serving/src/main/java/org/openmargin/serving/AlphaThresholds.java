package org.openmargin.serving;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The thresholds of a model by alpha, the rate at which they reject known images.
 *
 * @param byAlpha ascending
 */
public record AlphaThresholds(SortedMap<Double, Double> byAlpha) {

  /**
   * @throws ModelException if the description is no JSON
   */
  static AlphaThresholds of(SelfDescription self) {
    var thresholds = new TreeMap<>(listed(JsonText.object(self.description())).byAlpha);
    thresholds.put(self.alpha(), self.threshold());
    return new AlphaThresholds(thresholds);
  }

  /**
   * The list {@code calibration.thresholds}; empty without one.
   *
   * @param description {@code open_set.json}, as {@link JsonText} reads it
   */
  public static AlphaThresholds listed(Map<String, Object> description) {
    var thresholds = new TreeMap<Double, Double>();
    if (description.get("calibration") instanceof Map<?, ?> calibration
        && calibration.get("thresholds") instanceof List<?> list) {
      for (var entry : list) {
        if (entry instanceof Map<?, ?> map
            && map.get("alpha") instanceof Double alpha
            && map.get("threshold") instanceof Double threshold) {
          thresholds.put(alpha, threshold);
        }
      }
    }
    return new AlphaThresholds(thresholds);
  }

  /**
   * @throws IllegalArgumentException naming the alphas there are
   */
  double at(double alpha) {
    return Optional.ofNullable(byAlpha.get(alpha))
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "the model has no threshold for alpha %s; it has some for %s"
                        .formatted(alpha, byAlpha.keySet())));
  }
}
