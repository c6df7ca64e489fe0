package org.openmargin.benchmark.rehearsal;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.openmargin.config.ConfigReader;
import org.openmargin.config.text.ConfigException;
import org.openmargin.config.text.Problem;
import org.openmargin.config.text.Source;
import org.openmargin.config.v1.CandidateGrid;
import org.openmargin.config.v1.ExperimentConfig;
import org.openmargin.config.v1.ScorerKind;

/** Makes an experiment of each candidate, and collects the problems of all. */
final class Reading {
  /** The only scorers that look at {@code scoring.features}. */
  private static final Set<ScorerKind> OF_FEATURES =
      Set.of(
          ScorerKind.LAYER_GAUSSIAN,
          ScorerKind.LAYER_KNN,
          ScorerKind.LAYER_VIM,
          ScorerKind.COMBINATION);

  private final Source source;
  private final ExperimentConfig base;
  private final List<String> overrides;
  private final List<Candidate> found = new ArrayList<>();
  private final Set<Object> seen = new HashSet<>();
  private final Map<Problem, Set<String>> problems = new LinkedHashMap<>();

  /**
   * @param source text of the experiment
   * @param base what it is with the user's overrides
   */
  Reading(Source source, ExperimentConfig base, List<String> overrides) {
    this.source = source;
    this.base = base;
    this.overrides = List.copyOf(overrides);
  }

  /** Adds a way of training with a way of scoring, unless it differs from none before it. */
  void add(CandidateGrid.Candidate training, CandidateGrid.Candidate scoring) {
    var set = new ArrayList<String>(training.getSetList());
    set.addAll(scoring.getSetList());
    var all = new ArrayList<>(overrides);
    all.addAll(set);
    if (base.getScoring().getScorersCount() > 0) {
      // Its list of reported scorers may lack the one that a candidate selects.
      all.add("scoring.scorers=[]");
    }
    try {
      var experiment = ConfigReader.experiment(source, all);
      if (seen.add(List.of(training.getName(), effective(experiment)))) {
        found.add(new Candidate(training.getName(), scoring.getName(), set, experiment));
      }
    } catch (ConfigException e) {
      for (var problem : e.problems()) {
        problems
            .computeIfAbsent(placed(problem, set), p -> new LinkedHashSet<>())
            .add(scoring.getName());
      }
    }
  }

  /** Features change nothing for a scorer that does not look at them. */
  private static ExperimentConfig effective(ExperimentConfig experiment) {
    var scoring = experiment.getScoring();
    return OF_FEATURES.contains(scoring.getSelected()) && scoring.hasSelected()
        ? experiment
        : experiment.toBuilder()
            .setScoring(scoring.toBuilder().clearFeatures().clearCombination())
            .build();
  }

  /** Names a candidate's override as what it is, unless the user gave it with --set. */
  private static Problem placed(Problem problem, List<String> ofCandidate) {
    var set = problem.file().replaceFirst("^--set ", "");
    return ofCandidate.contains(set)
        ? new Problem(
            "candidate's \"%s\"".formatted(set),
            problem.line(),
            problem.column(),
            problem.sourceLine(),
            problem.path(),
            problem.message())
        : problem;
  }

  /**
   * All candidates.
   *
   * @param leaveOut whether impossible ones are left out with a remark: those of the standard grid
   * @throws ConfigException with the problems of impossible ones otherwise, or if none is left
   */
  Candidates candidates(boolean leaveOut) {
    if (!problems.isEmpty() && (!leaveOut || found.isEmpty())) {
      throw new ConfigException(ConfigReader.sorted(List.copyOf(problems.keySet())));
    }
    var remarks = new ArrayList<String>();
    problems.forEach(
        (problem, names) ->
            remarks.add("left out: %s: %s".formatted(String.join("; ", names), problem.message())));
    return new Candidates(base, found, remarks);
  }
}
