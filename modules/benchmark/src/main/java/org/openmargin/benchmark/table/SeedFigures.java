package org.openmargin.benchmark.table;

import java.util.Map;
import java.util.OptionalDouble;

/**
 * What one training run measured.
 *
 * @param scorer whose AUROC and OSCR these are
 * @param decides whether it is the scorer that the experiment decides by, chosen before the test
 * @param metrics each as a fraction
 * @param aurocByUnknownClass by name of the class; empty in results older than this figure
 */
public record SeedFigures(
    String scorer,
    boolean decides,
    Map<BenchmarkMetric, Double> metrics,
    Map<String, Double> aurocByUnknownClass) {

  public SeedFigures {
    metrics = Map.copyOf(metrics);
    aurocByUnknownClass = Map.copyOf(aurocByUnknownClass);
  }

  /** Empty if it was not measured: AUROC and OSCR need unknown test images. */
  OptionalDouble get(BenchmarkMetric metric) {
    return metrics.containsKey(metric)
        ? OptionalDouble.of(metrics.get(metric))
        : OptionalDouble.empty();
  }
}
