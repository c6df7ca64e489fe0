package org.openmargin.benchmark;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;

/**
 * What a method gave.
 *
 * @param name as the table shows it
 * @param x where it stands in a plot
 * @param published what others published for it; not every metric need be there
 * @param byTrial for each trial that was measured, the figures of each seed
 */
public record MeasuredMethod(
    String name,
    OptionalDouble x,
    Map<BenchmarkMetric, Double> published,
    Map<String, Map<Long, Map<BenchmarkMetric, Double>>> byTrial) {

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
            seeds.values().stream()
                .mapToDouble(seed -> seed.get(metric))
                .average()
                .ifPresent(mean -> figures.put(trial, mean)));
    return figures;
  }

  /** Over the trials. */
  public Summary summary(BenchmarkMetric metric) {
    return Summary.of(perTrial(metric).values());
  }

  /** Against another method, on the trials and seeds that both were measured on. */
  public PairedTest against(MeasuredMethod other, BenchmarkMetric metric) {
    Map<String, Double> theirs = whereAlso(other).perTrial(metric);
    Map<String, Double> ours = other.whereAlso(this).perTrial(metric);
    return PairedTest.of(
        ours.entrySet().stream().map(our -> our.getValue() - theirs.get(our.getKey())).toList());
  }

  /** What {@code other} gave on the trials and seeds that this one was measured on, too. */
  private MeasuredMethod whereAlso(MeasuredMethod other) {
    Map<String, Map<Long, Map<BenchmarkMetric, Double>>> common = new LinkedHashMap<>();
    other.byTrial.forEach(
        (trial, seeds) -> {
          Map<Long, Map<BenchmarkMetric, Double>> both = new TreeMap<>(seeds);
          both.keySet().retainAll(byTrial.getOrDefault(trial, Map.of()).keySet());
          if (!both.isEmpty()) {
            common.put(trial, both);
          }
        });
    return new MeasuredMethod(other.name, other.x, other.published, common);
  }

  /** Ours minus what was published, if both are there. */
  public OptionalDouble aboveThePublished(BenchmarkMetric metric) {
    return published.containsKey(metric) && !byTrial.isEmpty()
        ? OptionalDouble.of(summary(metric).mean() - published.get(metric))
        : OptionalDouble.empty();
  }
}
