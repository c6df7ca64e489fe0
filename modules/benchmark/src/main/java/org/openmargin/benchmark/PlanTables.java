package org.openmargin.benchmark;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.TreeSet;
import org.openmargin.benchmark.table.BenchmarkMetric;
import org.openmargin.benchmark.table.BenchmarkTable;
import org.openmargin.benchmark.table.MeasuredMethod;
import org.openmargin.config.plan.BenchmarkPlan;
import org.openmargin.config.plan.PlannedTrial;
import org.openmargin.config.v1.BenchmarkConfig;
import org.openmargin.config.v1.EvaluationReport;
import org.openmargin.config.v1.TrialResult;
import org.openmargin.experiment.folder.RunException;

/** Builds a plan's table from its results. */
final class PlanTables {
  private final BenchmarkPlan plan;
  private final Map<PlannedTrial, TrialState> states;
  private final Optional<String> scorer;

  /**
   * @param scorer whose AUROC and OSCR to show; each experiment's selected one if empty
   */
  PlanTables(BenchmarkPlan plan, Map<PlannedTrial, TrialState> states, Optional<String> scorer) {
    this.plan = plan;
    this.states = states;
    this.scorer = scorer;
  }

  BenchmarkTable table() {
    var results = new LinkedHashMap<PlannedTrial, TrialResult>();
    states.forEach(
        (trial, state) -> {
          if (state instanceof TrialState.Finished finished) {
            results.put(trial, finished.result());
          }
        });
    scorer.ifPresent(name -> requireIn(results.values(), name));
    var config = plan.config();
    var texts =
        new BenchmarkTable.Texts(
            config.getName(),
            config.getDescription(),
            scorers(results),
            overSeeds(config) ? "seeds" : "trials (seeds averaged first)",
            config.getXLabel(),
            config.getBaseline());
    var methods = config.getMethodsList().stream().map(m -> measured(m, results)).toList();
    var fewest = methods.stream().mapToInt(m -> m.byTrial().size()).filter(n -> n > 0).min();
    var remarks =
        new BenchmarkTable.Remarks(
            new ReportWarnings(plan, states, scorer).all(fewest),
            ProvenanceLines.of(results.values()));
    return new BenchmarkTable(texts, columns(plan), methods, remarks);
  }

  /** Class splits, or the seeds of a plan with only one split. */
  static List<String> columns(BenchmarkPlan plan) {
    return plan.trials().stream().map(trial -> column(plan.config(), trial)).distinct().toList();
  }

  private static String column(BenchmarkConfig config, PlannedTrial trial) {
    var name = trial.name();
    return overSeeds(config) ? "%s, seed %d".formatted(name.trial(), name.seed()) : name.trial();
  }

  static boolean overSeeds(BenchmarkConfig config) {
    return config.getTrialsCount() == 1 && config.getSeedsCount() > 1;
  }

  private static void requireIn(Collection<TrialResult> results, String scorer) {
    var names = new TreeSet<String>();
    results.forEach(
        result -> result.getEvaluation().getScorersList().forEach(s -> names.add(s.getName())));
    if (!names.isEmpty() && names.stream().noneMatch(scorer::equalsIgnoreCase)) {
      throw new RunException(
          "no result has scorer '%s'; available: %s".formatted(scorer, String.join(", ", names)));
    }
  }

  private String scorers(Map<PlannedTrial, TrialResult> results) {
    var selected = new TreeSet<String>();
    results.values().forEach(result -> selected.add(result.getEvaluation().getSelectedScorer()));
    return scorer.orElseGet(
        () -> "the selected one of each method (%s)".formatted(String.join(", ", selected)));
  }

  private MeasuredMethod measured(
      BenchmarkConfig.Method method, Map<PlannedTrial, TrialResult> results) {
    var byTrial = new LinkedHashMap<String, Map<Long, Map<BenchmarkMetric, Double>>>();
    results.forEach(
        (trial, result) -> {
          if (trial.name().method().equals(method.getName())) {
            figures(result.getEvaluation(), scorer)
                .ifPresent(
                    figures ->
                        byTrial
                            .computeIfAbsent(column(plan.config(), trial), c -> new TreeMap<>())
                            .put(trial.name().seed(), figures));
          }
        });
    var x = method.hasX() ? OptionalDouble.of(method.getX()) : OptionalDouble.empty();
    return new MeasuredMethod(method.getName(), x, published(method.getPublished()), byTrial);
  }

  private static Map<BenchmarkMetric, Double> published(BenchmarkConfig.Published published) {
    var figures = new LinkedHashMap<BenchmarkMetric, Double>();
    if (published.hasAcc()) {
      figures.put(BenchmarkMetric.ACC, published.getAcc());
    }
    if (published.hasAuroc()) {
      figures.put(BenchmarkMetric.AUROC, published.getAuroc());
    }
    if (published.hasOscr()) {
      figures.put(BenchmarkMetric.OSCR, published.getOscr());
    }
    return figures;
  }

  /** The figures of a scorer, if the result has it. */
  static Optional<Map<BenchmarkMetric, Double>> figures(
      EvaluationReport report, Optional<String> scorer) {
    var name = scorer.orElse(report.getSelectedScorer());
    return report.getScorersList().stream()
        .filter(result -> result.getName().equalsIgnoreCase(name))
        .findFirst()
        .map(
            result ->
                Map.of(
                    BenchmarkMetric.ACC, report.getAcc(),
                    BenchmarkMetric.AUROC, result.getAuroc(),
                    BenchmarkMetric.OSCR, result.getOscr()));
  }
}
