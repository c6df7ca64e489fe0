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
 * @param keepRuns whether the checkpoints of finished trials stay
 * @param rerun whether the trial is run although there is a file of it
 * @param listeners told of a trial's progress; closed when its training ends
 * @param parts binds custom losses, backbones and data sources, if the experiments name any
 */
public record TrialSettings(
    boolean keepRuns,
    Rerun rerun,
    Function<PlannedTrial, List<RunListener>> listeners,
    UnaryOperator<Experiment> parts) {
  /** Checkpoints of finished trials are removed; nobody listens; no custom parts. */
  public static final TrialSettings DEFAULT =
      new TrialSettings(false, Rerun.NONE, trial -> List.of(), experiment -> experiment);
}
