package org.openmargin.benchmark.rehearsal;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.openmargin.config.ConfigReader;
import org.openmargin.config.plan.CandidateGrids;
import org.openmargin.config.text.ConfigException;
import org.openmargin.config.text.Problem;
import org.openmargin.config.text.Source;
import org.openmargin.config.v1.CandidateGrid;
import org.openmargin.config.v1.ExperimentConfig;

/**
 * All candidates of a rehearsal.
 *
 * @param base the experiment with the user's overrides only
 * @param all by way of training, then by way of scoring, then by views
 */
record Candidates(ExperimentConfig base, List<Candidate> all) {

  Candidates {
    all = List.copyOf(all);
  }

  /**
   * @throws ConfigException with every problem of the experiment, the overrides and the candidates
   */
  static Candidates of(RehearsalRequest request) {
    var source = Source.read(request.experiment(), "an experiment");
    var base = ConfigReader.experiment(source, request.overrides());
    var grid =
        CandidateGrids.with(
            request.grid().map(CandidateGrids::read).orElseGet(CandidateGrids::standard),
            request.candidates());
    var found = new ArrayList<Candidate>();
    var problems = new LinkedHashSet<Problem>();
    var scorings = scorings(grid);
    for (var training : grid.getTrainingList()) {
      for (var scoring : scorings) {
        var set = new ArrayList<String>(training.getSetList());
        set.addAll(scoring.getSetList());
        experiment(source, base, request.overrides(), set, problems)
            .forEach(e -> found.add(new Candidate(training.getName(), scoring.getName(), set, e)));
      }
    }
    if (!problems.isEmpty()) {
      throw new ConfigException(ConfigReader.sorted(List.copyOf(problems)));
    }
    return new Candidates(base, found);
  }

  /** Every way of scoring with all views. */
  private static List<CandidateGrid.Candidate> scorings(CandidateGrid grid) {
    if (grid.getViewsCount() == 0) {
      return grid.getScoringList();
    }
    var all = new ArrayList<CandidateGrid.Candidate>();
    for (var scoring : grid.getScoringList()) {
      for (var views : grid.getViewsList()) {
        all.add(
            scoring.toBuilder()
                .setName(scoring.getName() + ", " + views.getName())
                .addAllSet(views.getSetList())
                .build());
      }
    }
    return all;
  }

  /** One experiment, or none and its problems. */
  private static List<ExperimentConfig> experiment(
      Source source,
      ExperimentConfig base,
      List<String> overrides,
      List<String> set,
      Set<Problem> problems) {
    var all = new ArrayList<>(overrides);
    all.addAll(set);
    if (base.getScoring().getScorersCount() > 0) {
      // Its list of reported scorers may lack the one that a candidate selects.
      all.add("scoring.scorers=[]");
    }
    try {
      return List.of(ConfigReader.experiment(source, all));
    } catch (ConfigException e) {
      e.problems().forEach(problem -> problems.add(placed(problem, set)));
      return List.of();
    }
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

  /** Names of the ways of training, in order. */
  List<String> trainings() {
    return all.stream().map(Candidate::training).distinct().toList();
  }

  /** Those of one way of training, in order. */
  List<Candidate> of(String training) {
    return all.stream().filter(candidate -> candidate.training().equals(training)).toList();
  }

  /** Without one way of training. */
  Candidates without(String training) {
    return new Candidates(
        base, all.stream().filter(candidate -> !candidate.training().equals(training)).toList());
  }
}
