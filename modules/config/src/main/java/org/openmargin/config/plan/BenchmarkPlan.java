package org.openmargin.config.plan;

import java.nio.file.Path;
import java.util.List;
import org.openmargin.config.text.ConfigException;
import org.openmargin.config.text.Place;
import org.openmargin.config.v1.BenchmarkConfig;

/**
 * A benchmark, read and checked.
 *
 * @param file where it was read from
 * @param config as written there, with the methods of its sweeps added to the others
 * @param trials all experiments, by index
 * @param warnings valid but suspicious settings, one sentence each
 */
public record BenchmarkPlan(
    Path file, BenchmarkConfig config, List<PlannedTrial> trials, List<String> warnings) {

  public BenchmarkPlan {
    trials = List.copyOf(trials);
    warnings = List.copyOf(warnings);
  }

  /**
   * Reads a plan and the experiments it names.
   *
   * @param file a text proto of a {@link BenchmarkConfig}
   * @param overrides {@code path=value} each, applied to every experiment after the plan's own
   * @throws ConfigException with every problem of the plan, the overrides and the experiments at
   *     once
   */
  public static BenchmarkPlan read(Path file, List<String> overrides) {
    return read(file, overrides, List.of());
  }

  /**
   * The same with further sweeps.
   *
   * @param sweeps {@code path=number,number} each: methods that differ from the baseline (or the
   *     plan's experiment) in this field
   */
  public static BenchmarkPlan read(Path file, List<String> overrides, List<String> sweeps) {
    return new BenchmarkReader(file, overrides, sweeps).read();
  }

  /** Where a method is in plots: nowhere, or on one or more curves. */
  public List<CurvePosition> positions(BenchmarkConfig.Method method) {
    return CurvePosition.of(this, method);
  }

  /**
   * The plan with only these methods; trials keep their indices.
   *
   * @throws ConfigException if there is no such method
   */
  public BenchmarkPlan only(List<String> methods) {
    requireMethods("methods", methods);
    var some = config.toBuilder().clearMethods();
    config.getMethodsList().stream()
        .filter(method -> methods.contains(method.getName()))
        .forEach(some::addMethods);
    return new BenchmarkPlan(
        file,
        some.build(),
        trials.stream().filter(trial -> methods.contains(trial.name().method())).toList(),
        warnings);
  }

  /**
   * The plan with another baseline.
   *
   * @throws ConfigException if there is no such method
   */
  public BenchmarkPlan against(String baseline) {
    requireMethods("baseline", List.of(baseline));
    return new BenchmarkPlan(
        file, config.toBuilder().setBaseline(baseline).build(), trials, warnings);
  }

  private void requireMethods(String path, List<String> names) {
    var all = config.getMethodsList().stream().map(m -> m.getName()).toList();
    var problems =
        names.stream()
            .filter(name -> !all.contains(name))
            .map(
                name ->
                    Place.whole(file.toString()).problem(path, PlanRules.unknownMethod(name, all)))
            .toList();
    if (!problems.isEmpty()) {
      throw new ConfigException(problems);
    }
  }

  public String name() {
    return config.getName();
  }
}
