package org.openmargin.benchmark.table;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;

/**
 * A method and its results.
 *
 * @param name as the table shows it
 * @param x position in a plot
 * @param published published figures; some metrics may be missing
 * @param byTrial figures by measured trial, then by seed
 */
public record MeasuredMethod(
    String name,
    OptionalDouble x,
    Map<BenchmarkMetric, Double> published,
    Map<String, Map<Long, Map<BenchmarkMetric, Double>>> byTrial) {

  public MeasuredMethod {
    published = Map.copyOf(published);
    // Sorted, so that equal figures give equal sums to the last bit.
    byTrial = Collections.unmodifiableMap(new TreeMap<>(byTrial));
  }

  /** A metric for each measured trial, averaged over its seeds. */
  public Map<String, Double> perTrial(BenchmarkMetric metric) {
    var figures = new LinkedHashMap<String, Double>();
    byTrial.forEach(
        (trial, seeds) ->
            seeds.values().stream()
                .mapToDouble(seed -> seed.get(metric))
                .average()
                .ifPresent(mean -> figures.put(trial, mean)));
    return figures;
  }

  /** Summary over the trials. */
  public Summary summary(BenchmarkMetric metric) {
    return Summary.of(perTrial(metric).values());
  }

  /** Tests against another method on the trials and seeds that both have. */
  public PairedTest against(MeasuredMethod other, BenchmarkMetric metric) {
    var theirs = whereAlso(other).perTrial(metric);
    var ours = other.whereAlso(this).perTrial(metric);
    return PairedTest.of(
        ours.entrySet().stream().map(our -> our.getValue() - theirs.get(our.getKey())).toList());
  }

  /** {@code other}, restricted to the trials and seeds of this method. */
  private MeasuredMethod whereAlso(MeasuredMethod other) {
    var common = new LinkedHashMap<String, Map<Long, Map<BenchmarkMetric, Double>>>();
    other.byTrial.forEach(
        (trial, seeds) -> {
          var both = new TreeMap<>(seeds);
          both.keySet().retainAll(byTrial.getOrDefault(trial, Map.of()).keySet());
          if (!both.isEmpty()) {
            common.put(trial, both);
          }
        });
    return new MeasuredMethod(other.name, other.x, other.published, common);
  }

  /** Ours minus the published figure, if both are present. */
  public OptionalDouble aboveThePublished(BenchmarkMetric metric) {
    return published.containsKey(metric) && !byTrial.isEmpty()
        ? OptionalDouble.of(summary(metric).mean() - published.get(metric))
        : OptionalDouble.empty();
  }
}
