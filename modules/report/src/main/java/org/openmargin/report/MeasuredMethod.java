package org.openmargin.report;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;

/**
 * What a method gave.
 *
 * @param name as the table shows it
 * @param x where it stands in a plot
 * @param published what others published for it; not every metric need be there
 * @param byTrial for each trial that was measured, the figures of its seeds
 */
public record MeasuredMethod(
    String name,
    OptionalDouble x,
    Map<BenchmarkMetric, Double> published,
    Map<String, List<Map<BenchmarkMetric, Double>>> byTrial) {

  public MeasuredMethod {
    published = Map.copyOf(published);
    // In order: equal figures are to give equal sums, to the last bit.
    byTrial = Collections.unmodifiableMap(new TreeMap<>(byTrial));
  }

  /** A metric for each trial that was measured, its seeds averaged. */
  public Map<String, Double> perTrial(BenchmarkMetric metric) {
    Map<String, Double> figures = new LinkedHashMap<>();
    byTrial.forEach(
        (trial, seeds) ->
            seeds.stream()
                .mapToDouble(seed -> seed.get(metric))
                .average()
                .ifPresent(mean -> figures.put(trial, mean)));
    return figures;
  }

  /** Over the trials. */
  public Summary summary(BenchmarkMetric metric) {
    return Summary.of(perTrial(metric).values());
  }

  /** Against another method, on the trials that both were measured on. */
  public PairedTest against(MeasuredMethod other, BenchmarkMetric metric) {
    Map<String, Double> theirs = other.perTrial(metric);
    Map<String, Double> ours = perTrial(metric);
    return PairedTest.of(
        ours.keySet().stream()
            .filter(theirs::containsKey)
            .map(trial -> ours.get(trial) - theirs.get(trial))
            .toList());
  }

  /** Ours minus what was published, if both are there. */
  public OptionalDouble aboveThePublished(BenchmarkMetric metric) {
    return published.containsKey(metric) && !byTrial.isEmpty()
        ? OptionalDouble.of(summary(metric).mean() - published.get(metric))
        : OptionalDouble.empty();
  }
}
