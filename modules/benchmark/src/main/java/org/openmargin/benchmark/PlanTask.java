package org.openmargin.benchmark;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.openmargin.config.plan.PlannedTrial;
import org.openmargin.config.v1.TrialResult;
import org.openmargin.experiment.Run;
import org.openmargin.experiment.wiring.ScorerChoice;

/**
 * Evaluates trials of a plan by every scorer.
 *
 * @param plan its file
 * @param options that it was read with
 */
record PlanTask(Path plan, List<String> options) implements TrialTask {

  @Override
  public void measure(PlannedTrial trial, Run run, TrialResult.Builder result) {
    result.setEvaluation(run.evaluate(new ScorerChoice.All()));
  }

  @Override
  public List<String> command(PlannedTrial trial) {
    var command = new ArrayList<>(List.of("openmargin", "benchmark", "run"));
    command.add(String.valueOf(plan.getFileName()));
    command.addAll(options);
    command.addAll(List.of("--index", Integer.toString(trial.index())));
    return command;
  }
}
