package org.openmargin.benchmark.rehearsal;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.openmargin.benchmark.TrialTask;
import org.openmargin.config.Experiments;
import org.openmargin.config.plan.PlannedTrial;
import org.openmargin.config.v1.ExperimentConfig;
import org.openmargin.config.v1.ScoringConfig;
import org.openmargin.config.v1.ScoringResult;
import org.openmargin.config.v1.TrialResult;
import org.openmargin.experiment.Run;
import org.openmargin.experiment.ScoringOutcome;
import org.openmargin.experiment.folder.RunException;

/**
 * Evaluates each training of a rehearsal under all ways of scoring.
 *
 * @param scorings one of each name
 * @param command the words of the rehearsal's command
 */
record ScoringTask(List<Scoring> scorings, List<String> command) implements TrialTask {

  /** A way of scoring. */
  record Scoring(String name, ScoringConfig config) {}

  ScoringTask {
    scorings = List.copyOf(scorings);
    command = List.copyOf(command);
  }

  @Override
  public void measure(PlannedTrial trial, Run run, TrialResult.Builder result) {
    var outcomes = run.compare(scorings.stream().map(Scoring::config).toList());
    for (var i = 0; i < outcomes.size(); i++) {
      var scored = ScoringResult.newBuilder().setName(scorings.get(i).name());
      if (outcomes.get(i) instanceof ScoringOutcome.Evaluated evaluated) {
        scored.setEvaluation(evaluated.report());
        if (!result.hasEvaluation()) {
          result.setEvaluation(evaluated.report());
        }
      } else if (outcomes.get(i) instanceof ScoringOutcome.Refused refused) {
        scored.setRefusal(refused.reason());
      }
      result.addScorings(scored);
    }
    if (!result.hasEvaluation()) {
      throw new RunException(
          "no way of scoring can be used; %s: %s"
              .formatted(scorings.get(0).name(), result.getScorings(0).getRefusal()));
    }
  }

  @Override
  public List<String> command(PlannedTrial trial) {
    var words = new ArrayList<>(command);
    words.addAll(List.of("--index", Integer.toString(trial.index())));
    return words;
  }

  /** Eight hex digits of all names and settings: other scorings have other results. */
  String digest() {
    var text = new StringBuilder();
    for (var scoring : scorings) {
      var config = ExperimentConfig.newBuilder().setScoring(scoring.config()).build();
      text.append(scoring.name()).append('\n').append(Experiments.print(config)).append('\n');
    }
    try {
      var bytes = text.toString().getBytes(StandardCharsets.UTF_8);
      var hash = MessageDigest.getInstance("SHA-256").digest(bytes);
      return HexFormat.of().formatHex(hash, 0, 4);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every JVM has SHA-256", e);
    }
  }
}
