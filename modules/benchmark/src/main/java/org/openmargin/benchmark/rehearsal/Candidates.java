package org.openmargin.benchmark.rehearsal;

import java.util.ArrayList;
import java.util.List;
import org.openmargin.config.ConfigReader;
import org.openmargin.config.plan.CandidateGrids;
import org.openmargin.config.text.ConfigException;
import org.openmargin.config.text.Source;
import org.openmargin.config.v1.CandidateGrid;
import org.openmargin.config.v1.ExperimentConfig;

/**
 * All candidates of a rehearsal.
 *
 * @param base the experiment with the user's overrides only
 * @param all by way of training, then by way of scoring, then by views
 * @param remarks which are impossible with this experiment, one sentence each
 */
record Candidates(ExperimentConfig base, List<Candidate> all, List<String> remarks) {

  Candidates {
    all = List.copyOf(all);
    remarks = List.copyOf(remarks);
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
    var reading = new Reading(source, base, request.overrides());
    for (var training : grid.getTrainingList()) {
      for (var scoring : scorings(grid)) {
        reading.add(training, scoring);
      }
    }
    return reading.candidates(request.grid().isEmpty() && request.candidates().isEmpty());
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
    var left = all.stream().filter(candidate -> !candidate.training().equals(training)).toList();
    return new Candidates(base, left, remarks);
  }
}
