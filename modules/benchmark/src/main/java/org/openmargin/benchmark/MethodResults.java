package org.openmargin.benchmark;

import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.openmargin.benchmark.table.BenchmarkMetric;
import org.openmargin.benchmark.table.MeasuredMethod;
import org.openmargin.benchmark.table.SeedFigures;
import org.openmargin.benchmark.table.SetRow;
import org.openmargin.config.plan.BenchmarkPlan;
import org.openmargin.config.plan.PlannedTrial;
import org.openmargin.config.v1.BenchmarkConfig;
import org.openmargin.config.v1.EvaluationReport;
import org.openmargin.config.v1.TrialResult;
import org.openmargin.report.ReportedScorer;
import org.openmargin.report.sets.SetTable;

/**
 * The results of one method.
 *
 * @param scorer whose AUROC and OSCR; each experiment's deciding one if empty
 */
record MethodResults(BenchmarkPlan plan, BenchmarkConfig.Method method, Optional<String> scorer) {

  MeasuredMethod of(Map<PlannedTrial, TrialResult> results) {
    var byTrial = new LinkedHashMap<String, Map<Long, SeedFigures>>();
    results.forEach(
        (trial, result) -> {
          if (trial.name().method().equals(method.getName())) {
            figures(result.getEvaluation(), scorer)
                .ifPresent(
                    figures ->
                        byTrial
                            .computeIfAbsent(
                                PlanTables.column(plan.config(), trial), c -> new TreeMap<>())
                            .put(trial.name().seed(), figures));
          }
        });
    return new MeasuredMethod(
        method.getName(), plan.positions(method), published(method.getPublished()), byTrial);
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

  private static Map<BenchmarkMetric, Double> figures(
      EvaluationReport report, EvaluationReport.ScorerResult scorer) {
    var figures = new EnumMap<BenchmarkMetric, Double>(BenchmarkMetric.class);
    figures.put(BenchmarkMetric.ACC, report.getAcc());
    if (report.getOpenSetNotMeasured().isEmpty()) {
      figures.put(BenchmarkMetric.AUROC, scorer.getAuroc());
      figures.put(BenchmarkMetric.OSCR, scorer.getOscr());
    }
    return figures;
  }

  /** The figures of a scorer, or of the deciding one, if the result has it. */
  static Optional<SeedFigures> figures(EvaluationReport report, Optional<String> scorer) {
    var name = scorer.orElse(report.getSelectedScorer());
    return report.getScorersList().stream()
        .filter(result -> result.getName().equalsIgnoreCase(name))
        .findFirst()
        .map(
            result ->
                new SeedFigures(
                    result.getName(),
                    result.getName().equals(report.getSelectedScorer()),
                    figures(report, result),
                    new ReportedScorer(result).aurocByUnknownClass(report.getUnknownClassesList()),
                    sets(report)));
  }

  private static Map<String, SetRow> sets(EvaluationReport report) {
    var rows = new LinkedHashMap<String, SetRow>();
    for (var set : report.getSetsList()) {
      var of = set.getFigures();
      rows.put(
          SetTable.name(set.getKind()),
          new SetRow(
              of.hasAcc() ? of.getAcc() : Double.NaN,
              of.hasAcceptedAcc() ? of.getAcceptedAcc() : Double.NaN,
              of.getRejectionRate(),
              of.hasAuroc() ? of.getAuroc() : Double.NaN));
    }
    return rows;
  }
}
