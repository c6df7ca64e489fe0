package org.openmargin.scoring.metric;

import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.openmargin.scoring.UnknownScores;

/**
 * Every {@link Metric} of one scorer on known test and unknown test images. Without unknown images,
 * only the metrics of known ones: the others are not measured.
 *
 * @param values of each measured metric, in the order of {@link Metric}
 * @param intervals of accuracy, AUROC and OSCR, if a bootstrap was requested
 * @param aurocByUnknownClass see {@link AurocByUnknownClass}; empty if the classes of unknown
 *     images are not known
 */
public record ScorerMetrics(
    String name,
    Map<Metric, Double> values,
    Optional<Intervals> intervals,
    Map<String, Double> aurocByUnknownClass) {

  public ScorerMetrics {
    values = Collections.unmodifiableMap(new EnumMap<>(values));
    aurocByUnknownClass = Collections.unmodifiableMap(new LinkedHashMap<>(aurocByUnknownClass));
  }

  /**
   * Measures one scorer without intervals, in O(n log n).
   *
   * @throws IllegalArgumentException if there is no known image, a score is NaN or lengths differ
   */
  public static ScorerMetrics of(String name, UnknownScores scores) {
    return of(name, scores, Sweep.ofKnownAtLeast(scores), Optional.empty());
  }

  public static ScorerMetrics of(String name, UnknownScores scores, Bootstrap bootstrap) {
    var sweep = Sweep.ofKnownAtLeast(scores);
    return of(name, scores, sweep, Optional.of(bootstrap.intervals(sweep)));
  }

  private static ScorerMetrics of(
      String name, UnknownScores scores, Sweep sweep, Optional<Intervals> intervals) {
    var values = new EnumMap<Metric, Double>(Metric.class);
    for (var metric : Metric.values()) {
      if (scores.unknown().length > 0 || !metric.needsUnknown()) {
        values.put(metric, metric.of(sweep, scores));
      }
    }
    return new ScorerMetrics(name, values, intervals, Map.of());
  }

  /** The same with the AUROC of each unknown class. */
  public ScorerMetrics with(Map<String, Double> byUnknownClass) {
    return new ScorerMetrics(name, values, intervals, byUnknownClass);
  }

  /**
   * @throws IllegalStateException if it was not measured
   */
  public double value(Metric metric) {
    return measured(metric)
        .orElseThrow(
            () -> new IllegalStateException(metric.label() + ": not measured, no unknown images"));
  }

  /** The value; empty if there are no unknown images and the metric needs them. */
  public OptionalDouble measured(Metric metric) {
    return values.containsKey(metric)
        ? OptionalDouble.of(values.get(metric))
        : OptionalDouble.empty();
  }

  public Optional<Interval> interval(Metric metric) {
    return intervals.flatMap(all -> all.of(metric));
  }

  public double auroc() {
    return value(Metric.AUROC);
  }

  public double oscr() {
    return value(Metric.OSCR);
  }
}
