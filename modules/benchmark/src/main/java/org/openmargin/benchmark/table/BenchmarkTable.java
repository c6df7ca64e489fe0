package org.openmargin.benchmark.table;

import java.util.List;
import java.util.Optional;

/**
 * A benchmark's figures: a row per method, means over trials.
 *
 * @param trials names of what is averaged over, in the plan's order: class splits, or seeds if
 *     there is only one split
 * @param methods in the plan's order
 */
public record BenchmarkTable(
    Texts texts, List<String> trials, List<MeasuredMethod> methods, Remarks remarks) {

  public BenchmarkTable {
    trials = List.copyOf(trials);
    methods = List.copyOf(methods);
  }

  /**
   * @param name of the plan
   * @param description a sentence or two; may be empty
   * @param scorer which scorer's figures these are, in words
   * @param over what the means are over, in words
   * @param xLabel label of the methods' x; may be empty
   * @param baseline method that the others are tested against; may be empty
   */
  public record Texts(
      String name,
      String description,
      String scorer,
      String over,
      String xLabel,
      String baseline) {}

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

  /** The method that the others are tested against, if there is one. */
  public Optional<MeasuredMethod> baseline() {
    return methods.stream().filter(method -> method.name().equals(texts.baseline())).findFirst();
  }

  /** The test against the baseline; empty for the baseline itself or if there is none. */
  public Optional<PairedTest> againstBaseline(MeasuredMethod method, BenchmarkMetric metric) {
    return baseline()
        .filter(baseline -> !baseline.name().equals(method.name()))
        .map(baseline -> method.against(baseline, metric))
        .filter(test -> test.difference().count() > 0);
  }
}
