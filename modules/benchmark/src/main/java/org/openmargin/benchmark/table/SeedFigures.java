package org.openmargin.benchmark.table;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * What one training run measured.
 *
 * @param scorer whose AUROC and OSCR these are
 * @param decides whether it is the scorer that the experiment decides by, chosen before the test
 * @param metrics each as a fraction
 * @param aurocByUnknownClass by name of the class; empty in results older than this figure
 * @param sets by name of the set of images, such as {@code shifted known}, as the deciding scorer
 *     answers them; empty in results older than this figure
 */
public record SeedFigures(
    String scorer,
    boolean decides,
    Map<BenchmarkMetric, Double> metrics,
    Map<String, Double> aurocByUnknownClass,
    Map<String, SetRow> sets) {

  public SeedFigures {
    metrics = Map.copyOf(metrics);
    aurocByUnknownClass = Map.copyOf(aurocByUnknownClass);
    sets = Collections.unmodifiableMap(new LinkedHashMap<>(sets));
  }

  /** Without sets of images. */
  public SeedFigures(
      String scorer,
      boolean decides,
      Map<BenchmarkMetric, Double> metrics,
      Map<String, Double> aurocByUnknownClass) {
    this(scorer, decides, metrics, aurocByUnknownClass, Map.of());
  }

  /** Empty if it was not measured: AUROC and OSCR need unknown test images. */
  OptionalDouble get(BenchmarkMetric metric) {
    return metrics.containsKey(metric)
        ? OptionalDouble.of(metrics.get(metric))
        : OptionalDouble.empty();
  }
}
