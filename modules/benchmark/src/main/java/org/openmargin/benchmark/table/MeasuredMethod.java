package org.openmargin.benchmark.table;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.openmargin.config.plan.CurvePosition;

/**
 * A method and its results.
 *
 * @param name as the table shows it
 * @param positions in plots
 * @param published published figures; some metrics may be missing
 * @param byTrial figures by measured trial, then by seed
 */
public record MeasuredMethod(
    String name,
    List<CurvePosition> positions,
    Map<BenchmarkMetric, Double> published,
    Map<String, Map<Long, SeedFigures>> byTrial) {

  public MeasuredMethod {
    positions = List.copyOf(positions);
    published = Map.copyOf(published);
    // Sorted, so that equal figures give equal sums to the last bit.
    byTrial = Collections.unmodifiableMap(new TreeMap<>(byTrial));
  }

  /** A metric for each trial that measured it, averaged over its seeds. */
  public Map<String, Double> perTrial(BenchmarkMetric metric) {
    var figures = new LinkedHashMap<String, Double>();
    byTrial.forEach(
        (trial, seeds) ->
            seeds.values().stream()
                .flatMapToDouble(seed -> seed.get(metric).stream())
                .average()
                .ifPresent(mean -> figures.put(trial, mean)));
    return figures;
  }

  /** AUROC by trial and unknown class, averaged over the trial's seeds. */
  public Map<String, Map<String, Double>> byUnknownClass() {
    var cells = new LinkedHashMap<String, Map<String, Double>>();
    byTrial.forEach(
        (trial, seeds) -> {
          var means = new TreeMap<String, Double>();
          seeds.values().stream()
              .map(seed -> seed.aurocByUnknownClass().keySet())
              .flatMap(Collection::stream)
              .distinct()
              .forEach(name -> mean(seeds, name).ifPresent(mean -> means.put(name, mean)));
          if (!means.isEmpty()) {
            cells.put(trial, means);
          }
        });
    return cells;
  }

  private static OptionalDouble mean(Map<Long, SeedFigures> seeds, String unknownClass) {
    return seeds.values().stream()
        .map(seed -> seed.aurocByUnknownClass().get(unknownClass))
        .flatMap(Stream::ofNullable)
        .mapToDouble(Double::doubleValue)
        .average();
  }

  /** Figures of each set of images: the mean over trials of the means over seeds. */
  public Map<String, SetRow> sets() {
    var perTrial = new LinkedHashMap<String, List<SetRow>>();
    for (var seeds : byTrial.values()) {
      var bySet = new LinkedHashMap<String, List<SetRow>>();
      for (var seed : seeds.values()) {
        seed.sets()
            .forEach((set, row) -> bySet.computeIfAbsent(set, n -> new ArrayList<>()).add(row));
      }
      bySet.forEach(
          (set, rows) ->
              perTrial.computeIfAbsent(set, n -> new ArrayList<>()).add(SetRow.mean(rows)));
    }
    var means = new LinkedHashMap<String, SetRow>();
    perTrial.forEach((set, rows) -> means.put(set, SetRow.mean(rows)));
    return means;
  }

  /** Summary over the trials. */
  public Summary summary(BenchmarkMetric metric) {
    return Summary.of(perTrial(metric).values());
  }

  /** All runs, of all trials and seeds. */
  Stream<SeedFigures> runs() {
    return byTrial.values().stream().flatMap(seeds -> seeds.values().stream());
  }

  /** Tests against another method on the trials and seeds that both have. */
  public PairedTest against(MeasuredMethod other, BenchmarkMetric metric) {
    return PairedTest.of(List.copyOf(differences(other, metric).values()));
  }

  /** This method minus another one, on the trials and seeds that both have. */
  Map<String, Double> differences(MeasuredMethod other, BenchmarkMetric metric) {
    var theirs = whereAlso(other).perTrial(metric);
    var differences = other.whereAlso(this).perTrial(metric);
    differences.keySet().retainAll(theirs.keySet());
    differences.replaceAll((trial, ours) -> ours - theirs.get(trial));
    return differences;
  }

  /** The same of AUROC by trial and unknown class. */
  Map<String, Map<String, Double>> differencesByUnknownClass(MeasuredMethod other) {
    var theirs = whereAlso(other).byUnknownClass();
    var differences = other.whereAlso(this).byUnknownClass();
    differences.keySet().retainAll(theirs.keySet());
    differences.forEach(
        (trial, cells) -> {
          cells.keySet().retainAll(theirs.get(trial).keySet());
          cells.replaceAll((name, ours) -> ours - theirs.get(trial).get(name));
        });
    return differences;
  }

  /** {@code other}, restricted to the trials and seeds of this method. */
  private MeasuredMethod whereAlso(MeasuredMethod other) {
    var common = new LinkedHashMap<String, Map<Long, SeedFigures>>();
    other.byTrial.forEach(
        (trial, seeds) -> {
          var both = new TreeMap<>(seeds);
          both.keySet().retainAll(byTrial.getOrDefault(trial, Map.of()).keySet());
          if (!both.isEmpty()) {
            common.put(trial, both);
          }
        });
    return new MeasuredMethod(other.name, other.positions, other.published, common);
  }

  /** Ours minus the published figure, if both are present. */
  public OptionalDouble aboveThePublished(BenchmarkMetric metric) {
    return published.containsKey(metric) && !perTrial(metric).isEmpty()
        ? OptionalDouble.of(summary(metric).mean() - published.get(metric))
        : OptionalDouble.empty();
  }
}
