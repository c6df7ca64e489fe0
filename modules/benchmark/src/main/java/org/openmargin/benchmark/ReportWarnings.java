package org.openmargin.benchmark;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.openmargin.benchmark.table.PairedTest;
import org.openmargin.config.plan.BenchmarkPlan;
import org.openmargin.config.plan.PlannedTrial;
import org.openmargin.config.v1.BenchmarkConfig;

/** The limits of a table. */
final class ReportWarnings {
  /** Trials that are named; the others are only counted. */
  private static final int NAMED = 10;

  /** Below it, an exact test cannot reach p = 0.05. */
  private static final int FEW_TRIALS = 6;

  private final BenchmarkPlan plan;
  private final Map<PlannedTrial, TrialState> states;
  private final Optional<String> scorer;

  ReportWarnings(
      BenchmarkPlan plan, Map<PlannedTrial, TrialState> states, Optional<String> scorer) {
    this.plan = plan;
    this.states = states;
    this.scorer = scorer;
  }

  /**
   * A sentence each.
   *
   * @param fewest trials behind a row of the table; empty if nothing is finished
   */
  List<String> all(OptionalInt fewest) {
    var warnings = new ArrayList<>(plan.warnings());
    fewTrials(fewest).ifPresent(warnings::add);
    oneSplit().ifPresent(warnings::add);
    commonClasses().ifPresent(warnings::add);
    withoutBaseline().ifPresent(warnings::add);
    otherImages().ifPresent(warnings::add);
    named("missing", TrialState.Waiting.class).ifPresent(warnings::add);
    named("stale (benchmark status says why)", TrialState.Stale.class).ifPresent(warnings::add);
    named("failed", TrialState.Refused.class).ifPresent(warnings::add);
    reasons().forEach(warnings::add);
    withoutScorer().ifPresent(warnings::add);
    return warnings;
  }

  private static Optional<String> fewTrials(OptionalInt fewest) {
    if (fewest.isEmpty() || fewest.getAsInt() >= FEW_TRIALS) {
      return Optional.empty();
    }
    var n = fewest.getAsInt();
    var smallest =
        PairedTest.of(IntStream.rangeClosed(1, n).mapToObj(i -> (double) i).toList()).wilcoxon();
    return Optional.of(
        "only %s: intervals and the t test assume normally distributed figures, and no exact test can reach a p below %s"
            .formatted(n == 1 ? "1 trial" : n + " trials", smallest));
  }

  private Optional<String> oneSplit() {
    return PlanTables.overSeeds(plan.config())
        ? Optional.of(
            "means and tests are over the seeds of one class split: they say nothing about other classes")
        : Optional.empty();
  }

  private Optional<String> commonClasses() {
    var known =
        plan.config().getTrialsList().stream()
            .flatMap(trial -> trial.getKnownClassesList().stream())
            .toList();
    return new HashSet<>(known).size() < known.size()
        ? Optional.of(
            "class splits share known classes and so images: they are not independent, so intervals are too narrow and p too small")
        : Optional.empty();
  }

  private Optional<String> withoutBaseline() {
    var config = plan.config();
    var shown = config.getMethodsList().stream().map(BenchmarkConfig.Method::getName).toList();
    return config.hasBaseline() && !shown.contains(config.getBaseline())
        ? Optional.of(
            "no tests: the baseline is not shown; add it with --method '%s'"
                .formatted(config.getBaseline()))
        : Optional.empty();
  }

  private Optional<String> otherImages() {
    var digests = new LinkedHashSet<String>();
    for (var state : states.values()) {
      if (state instanceof TrialState.Finished finished) {
        digests.add(finished.result().getDataSha256());
      }
    }
    return digests.size() < 2
        ? Optional.empty()
        : Optional.of(
            "trials used %d different sets of images, by digest: %s"
                .formatted(digests.size(), String.join(", ", digests)));
  }

  private Optional<String> named(String what, Class<? extends TrialState> kind) {
    return named(
        what,
        states.entrySet().stream()
            .filter(entry -> kind.isInstance(entry.getValue()))
            .map(Map.Entry::getKey)
            .toList());
  }

  /** Why trials failed: each reason once. */
  private Set<String> reasons() {
    var reasons = new LinkedHashSet<String>();
    states.forEach(
        (trial, state) -> {
          if (state instanceof TrialState.Refused refused) {
            reasons.add("why it failed: " + refused.reason());
          }
        });
    return reasons;
  }

  private Optional<String> withoutScorer() {
    return named(
        "without scorer " + scorer.orElse(""),
        states.entrySet().stream()
            .filter(
                entry ->
                    entry.getValue() instanceof TrialState.Finished finished
                        && PlanTables.figures(finished.result().getEvaluation(), scorer).isEmpty())
            .map(Map.Entry::getKey)
            .toList());
  }

  private static Optional<String> named(String what, List<PlannedTrial> trials) {
    if (trials.isEmpty()) {
      return Optional.empty();
    }
    var names =
        trials.stream()
            .limit(NAMED)
            .map(trial -> trial.name().toString())
            .collect(Collectors.joining("; "));
    var more = trials.size() > NAMED ? "; and %d more".formatted(trials.size() - NAMED) : "";
    return Optional.of("%d %s: %s%s".formatted(trials.size(), what, names, more));
  }
}
