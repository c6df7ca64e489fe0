package org.openmargin.config;

import java.nio.file.Path;
import java.util.List;
import org.openmargin.v1.BenchmarkConfig;

/**
 * A benchmark that was read and checked.
 *
 * @param file that holds it
 * @param config as it stands there
 * @param trials all experiments, in the order of their numbers
 * @param warnings what looks like a mistake, a sentence each
 */
public record BenchmarkPlan(
    Path file, BenchmarkConfig config, List<PlannedTrial> trials, List<String> warnings) {

  public BenchmarkPlan {
    trials = List.copyOf(trials);
    warnings = List.copyOf(warnings);
  }

  /**
   * Reads a plan and the experiments that it names.
   *
   * @param file a text proto of a {@link BenchmarkConfig}
   * @param overrides {@code path=value} each, applied to every experiment after the plan's own
   * @throws ConfigException with every problem of the plan, of its overrides and of its experiments
   *     at once
   */
  public static BenchmarkPlan read(Path file, List<String> overrides) {
    return new BenchmarkReader(file, overrides).read();
  }

  /** The benchmark's name. */
  public String name() {
    return config.getName();
  }
}
