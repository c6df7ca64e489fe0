package org.openmargin.serving;

import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * The thresholds of a model by alpha, the rate at which they reject known images.
 *
 * @param byAlpha ascending
 */
record AlphaThresholds(SortedMap<Double, Double> byAlpha) {
  /** The list in {@code open_set.json}, which holds no other list or text. */
  private static final Pattern LIST = Pattern.compile("\"thresholds\":\\s*\\[([^\\]]*)\\]");

  private static final Pattern ENTRY =
      Pattern.compile("\"alpha\":\\s*([^,\\s]+),\\s*\"threshold\":\\s*([^,\\s]+)");

  static AlphaThresholds of(SelfDescription self) {
    var thresholds = new TreeMap<Double, Double>();
    thresholds.put(self.alpha(), self.threshold());
    var list = LIST.matcher(self.description());
    if (list.find()) {
      ENTRY
          .matcher(list.group(1))
          .results()
          .forEach(
              entry ->
                  thresholds.put(Double.valueOf(entry.group(1)), Double.valueOf(entry.group(2))));
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
