package org.openmargin.benchmark.table;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * A benchmark's figures: a row per method, means over trials.
 *
 * @param design what is averaged over, in the plan's order: class splits, or seeds if there is only
 *     one split
 * @param methods in the plan's order
 */
public record BenchmarkTable(
    Texts texts, SplitDesign design, List<MeasuredMethod> methods, Remarks remarks) {

  public BenchmarkTable {
    methods = List.copyOf(methods);
  }

  /**
   * @param name of the plan
   * @param description a sentence or two; may be empty
   * @param scorer whose figures these are, if it was asked for; else each method's deciding one
   * @param over what the means are over, in words: trials or seeds
   * @param baseline method that the others are tested against; may be empty
   */
  public record Texts(
      String name, String description, Optional<String> scorer, String over, String baseline) {}

  /**
   * @param warnings limits of the figures, a sentence each
   * @param origins where the figures come from: machines, commits, dates
   */
  public record Remarks(List<String> warnings, List<String> origins) {
    public Remarks {
      warnings = List.copyOf(warnings);
      origins = List.copyOf(origins);
    }
  }

  /**
   * The same figures as one comparison of AUROC by class split and unknown class.
   *
   * @param difference mean over both, with the interval of a class bootstrap
   * @param pairs number of complement pairs
   * @param signFlip exact p over them; NaN without pairs
   */
  public record ClassTest(ClassMean difference, int pairs, double signFlip) {}

  public List<String> trials() {
    return design.names();
  }

  /** The method that the others are tested against, if there is one. */
  public Optional<MeasuredMethod> baseline() {
    return methods.stream().filter(method -> method.name().equals(texts.baseline())).findFirst();
  }

  private Optional<MeasuredMethod> baselineOf(MeasuredMethod method) {
    return baseline().filter(baseline -> !baseline.name().equals(method.name()));
  }

  /** The test against the baseline; empty for the baseline itself or if there is none. */
  public Optional<PairedTest> againstBaseline(MeasuredMethod method, BenchmarkMetric metric) {
    return baselineOf(method)
        .map(baseline -> method.against(baseline, metric))
        .filter(test -> test.difference().count() > 0);
  }

  /**
   * p of the exact sign-flip test over complement pairs; NaN if there are none or no baseline. A
   * pair's difference is the mean of its two splits'.
   */
  public double signFlip(MeasuredMethod method, BenchmarkMetric metric) {
    return baselineOf(method)
        .map(baseline -> SignFlipTest.p(ofPairs(method.differences(baseline, metric))))
        .orElse(Double.NaN);
  }

  /** The test by class split and unknown class; empty if either method lacks those figures. */
  public Optional<ClassTest> againstBaselineByClass(MeasuredMethod method) {
    return baselineOf(method)
        .map(method::differencesByUnknownClass)
        .filter(cells -> !cells.isEmpty())
        .map(
            cells -> {
              var means = new TreeMap<String, Double>();
              cells.forEach((trial, row) -> means.put(trial, mean(row)));
              var pairs = ofPairs(means);
              return new ClassTest(ClassMean.of(cells), pairs.size(), SignFlipTest.p(pairs));
            });
  }

  private static double mean(Map<String, Double> figures) {
    return figures.values().stream().mapToDouble(Double::doubleValue).average().orElse(Double.NaN);
  }

  /** The mean of both splits of each complement pair that was measured. */
  private List<Double> ofPairs(Map<String, Double> byTrial) {
    return design.complementPairs().stream()
        .filter(pair -> byTrial.containsKey(pair.one()) && byTrial.containsKey(pair.other()))
        .map(pair -> (byTrial.get(pair.one()) + byTrial.get(pair.other())) / 2)
        .toList();
  }

  /** All training runs. */
  Stream<SeedFigures> runs() {
    return methods.stream().flatMap(MeasuredMethod::runs);
  }
}
