package org.openmargin.benchmark;

import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.openmargin.config.plan.PlannedTrial;
import org.openmargin.experiment.Experiment;
import org.openmargin.trainer.RunListener;

/**
 * How trials are run in this process.
 *
 * @param schedule whether existing files keep a trial from being run
 * @param keepRuns whether to keep the checkpoints of finished trials
 * @param listeners follow a trial's progress; closed when its training ends
 * @param parts binds custom losses, backbones and data sources, if the experiments name any
 */
public record TrialSettings(
    Schedule schedule,
    boolean keepRuns,
    Function<PlannedTrial, List<RunListener>> listeners,
    UnaryOperator<Experiment> parts) {
  /** Removes the checkpoints of finished trials; no listeners, no custom parts. */
  public static final TrialSettings DEFAULT =
      new TrialSettings(Schedule.DEFAULT, false, trial -> List.of(), UnaryOperator.identity());
}
