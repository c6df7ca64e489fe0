package org.openmargin.benchmark;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.openmargin.benchmark.table.PairedTest;
import org.openmargin.benchmark.table.SplitDesign;
import org.openmargin.benchmark.table.Words;
import org.openmargin.config.plan.BenchmarkPlan;
import org.openmargin.config.plan.PlannedTrial;

/** Caveats of a table. */
final class ReportWarnings {
  /** Trials named in a warning; the others are only counted. */
  private static final int NAMED = 10;

  /** With fewer trials, no exact test can reach p = 0.05. */
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
  List<String> all(OptionalInt fewest, SplitDesign design) {
    var warnings = new ArrayList<>(plan.warnings());
    fewest.stream().filter(n -> n < FEW_TRIALS).forEach(n -> warnings.add(fewTrials(n)));
    if (PlanTables.overSeeds(plan.config())) {
      warnings.add(
          "means and tests are over the seeds of one class split: they say nothing about other"
              + " classes");
    }
    if (classSplitsOverlap()) {
      warnings.add(
          "class splits share known classes and so images: they are not independent, so intervals are too narrow and p too small"
              + (design.isRepetitive() ? "; together they are worth " + design.worth() : ""));
    }
    if (baselineIsHidden()) {
      warnings.add(
          "no tests: the baseline is not shown; add it with --method '%s'"
              .formatted(plan.config().getBaseline()));
    }
    var digests = of(TrialState.Finished.class, finished -> finished.result().getDataSha256());
    if (digests.size() > 1) {
      warnings.add(
          "trials used %d different sets of images, by digest: %s"
              .formatted(digests.size(), String.join(", ", digests)));
    }
    name(
        warnings,
        "without AUROC and OSCR, which were not measured (no unknown test images)",
        ReportWarnings::isClosed);
    name(warnings, "missing", TrialState.Waiting.class::isInstance);
    name(warnings, "stale (benchmark status says why)", TrialState.Stale.class::isInstance);
    name(warnings, "failed", TrialState.Refused.class::isInstance);
    of(TrialState.Refused.class, refused -> "why it failed: " + refused.reason())
        .forEach(warnings::add);
    of(TrialState.Waiting.class, ReportWarnings::whyMissing).stream()
        .filter(text -> !text.isEmpty())
        .forEach(warnings::add);
    name(warnings, "without scorer " + scorer.orElse(""), this::lacksScorer);
    return warnings;
  }

  private static String whyMissing(TrialState.Waiting waiting) {
    return waiting.progress() == TrialState.Progress.FAILED
        ? "why it is missing: " + waiting.detail()
        : "";
  }

  private static boolean isClosed(TrialState state) {
    return state instanceof TrialState.Finished finished
        && finished.result().getEvaluation().hasOpenSetNotMeasured();
  }

  private static String fewTrials(int n) {
    var smallest =
        PairedTest.of(IntStream.rangeClosed(1, n).mapToObj(i -> (double) i).toList()).wilcoxon();
    return "only %s: intervals and the t test assume normally distributed figures, and no exact test can reach a p below %s"
        .formatted(Words.counted(n, "trial"), smallest);
  }

  private boolean classSplitsOverlap() {
    var known =
        plan.config().getTrialsList().stream()
            .<Object>flatMap(
                trial ->
                    Stream.concat(
                        trial.getKnownClassesList().stream(),
                        trial.getKnownClassNamesList().stream()))
            .toList();
    return new HashSet<>(known).size() < known.size();
  }

  private boolean baselineIsHidden() {
    var config = plan.config();
    return config.hasBaseline()
        && config.getMethodsList().stream()
            .noneMatch(method -> method.getName().equals(config.getBaseline()));
  }

  /** The distinct texts of the states of a kind. */
  private <T extends TrialState> Set<String> of(Class<T> kind, Function<T, String> text) {
    var texts = new LinkedHashSet<String>();
    states.values().stream()
        .filter(kind::isInstance)
        .forEach(state -> texts.add(text.apply(kind.cast(state))));
    return texts;
  }

  private boolean lacksScorer(TrialState state) {
    return state instanceof TrialState.Finished finished
        && MethodResults.figures(finished.result().getEvaluation(), scorer).isEmpty();
  }

  /** Adds a warning that names the trials in such a state, if any. */
  private void name(List<String> warnings, String what, Predicate<TrialState> which) {
    var names =
        states.entrySet().stream()
            .filter(entry -> which.test(entry.getValue()))
            .map(entry -> entry.getKey().name().toString())
            .toList();
    if (!names.isEmpty()) {
      var more = names.size() > NAMED ? "; and %d more".formatted(names.size() - NAMED) : "";
      var first = names.stream().limit(NAMED).collect(Collectors.joining("; "));
      warnings.add("%d %s: %s%s".formatted(names.size(), what, first, more));
    }
  }
}
