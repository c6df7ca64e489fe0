package org.openmargin.benchmark;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.openmargin.benchmark.table.BenchmarkTable;
import org.openmargin.benchmark.table.MeasuredMethod;
import org.openmargin.benchmark.table.ScorerMatrix;
import org.openmargin.benchmark.table.SplitDesign;
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
    var config = plan.config();
    var texts =
        new BenchmarkTable.Texts(
            config.getName(),
            config.getDescription(),
            scorer.map(this::named),
            overSeeds(config) ? "seeds" : "trials",
            config.getBaseline());
    var methods = methods();
    var design = design();
    var fewest = methods.stream().mapToInt(m -> m.byTrial().size()).filter(n -> n > 0).min();
    var remarks =
        new BenchmarkTable.Remarks(
            new ReportWarnings(plan, states, scorer).all(fewest, design),
            ProvenanceLines.of(results().values()));
    return new BenchmarkTable(texts, design, methods, remarks);
  }

  /** Every method by every scorer that some result has. */
  ScorerMatrix matrix() {
    var byScorer = new LinkedHashMap<String, List<MeasuredMethod>>();
    scorers()
        .forEach(
            name -> byScorer.put(name, new PlanTables(plan, states, Optional.of(name)).methods()));
    return new ScorerMatrix(table(), byScorer);
  }

  private Map<PlannedTrial, TrialResult> results() {
    var results = new LinkedHashMap<PlannedTrial, TrialResult>();
    states.forEach(
        (trial, state) -> {
          if (state instanceof TrialState.Finished finished) {
            results.put(trial, finished.result());
          }
        });
    return results;
  }

  /** Names of all scorers, in the order of the results. */
  private List<String> scorers() {
    return results().values().stream()
        .flatMap(result -> result.getEvaluation().getScorersList().stream())
        .map(EvaluationReport.ScorerResult::getName)
        .distinct()
        .toList();
  }

  /** The columns of tables by trial, with the classes that the results name. */
  private SplitDesign design() {
    var splits = new LinkedHashMap<String, SplitDesign.Split>();
    plan.trials()
        .forEach(
            trial -> {
              var name = column(plan.config(), trial);
              splits.putIfAbsent(name, new SplitDesign.Split(name, Set.of(), Set.of()));
            });
    results()
        .forEach(
            (trial, result) -> {
              var name = column(plan.config(), trial);
              var classes = result.getEvaluation();
              splits.put(
                  name,
                  new SplitDesign.Split(
                      name,
                      Set.copyOf(classes.getKnownClassesList()),
                      Set.copyOf(classes.getUnknownClassesList())));
            });
    return new SplitDesign(List.copyOf(splits.values()));
  }

  static String column(BenchmarkConfig config, PlannedTrial trial) {
    var name = trial.name();
    return overSeeds(config) ? "%s, seed %d".formatted(name.trial(), name.seed()) : name.trial();
  }

  static boolean overSeeds(BenchmarkConfig config) {
    return config.getTrialsCount() == 1 && config.getSeedsCount() > 1;
  }

  /** The scorer as results name it; the name as it is if there are no results. */
  private String named(String name) {
    var names = scorers();
    return names.stream()
        .filter(name::equalsIgnoreCase)
        .findFirst()
        .orElseGet(
            () -> {
              if (names.isEmpty()) {
                return name;
              }
              throw new RunException(
                  "no result has scorer '%s'; available: %s"
                      .formatted(name, String.join(", ", new TreeSet<>(names))));
            });
  }

  private List<MeasuredMethod> methods() {
    var results = results();
    return plan.config().getMethodsList().stream()
        .map(method -> new MethodResults(plan, method, scorer).of(results))
        .toList();
  }
}
