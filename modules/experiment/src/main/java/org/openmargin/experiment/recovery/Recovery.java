package org.openmargin.experiment.recovery;

import java.util.Locale;
import org.openmargin.config.v1.TrainingConfig;
import org.openmargin.trainer.Trainer;
import org.openmargin.trainer.TrainingException;

/**
 * Going on after a divergence, from the newest checkpoint with a lower learning rate.
 *
 * @param retries how often; 0: never
 * @param rateFactor of the learning rate, each time
 */
public record Recovery(int retries, double rateFactor) {

  /** As the experiment says. */
  public static Recovery of(TrainingConfig config) {
    return config.hasRecover()
        ? new Recovery(config.getRecover().getRetries(), config.getRecover().getRateFactor())
        : new Recovery(0, 1);
  }

  /** Whether training may go on after a failure, having gone on {@code times} already. */
  public boolean allows(TrainingException failure, int times) {
    return failure.diverged() && times < retries;
  }

  /** Factor of the learning rate after {@code times} recoveries. */
  public double factor(int times) {
    return Math.pow(rateFactor, times);
  }

  /** The trainer after {@code times} recoveries. */
  public Trainer slowed(Trainer trainer, int times) {
    return times == 0 ? trainer : trainer.slowed(factor(times));
  }

  /**
   * What is done, for people.
   *
   * @param times including this one
   * @param step of the checkpoint; 0: the start
   */
  public String sentence(TrainingException failure, int times, long step) {
    var from = step == 0 ? "from the start" : "from the checkpoint of step " + step;
    return String.format(
        Locale.ROOT,
        "%s. Recovery %d of %d: training goes on %s with %.4g of the learning rate",
        failure.what(),
        times,
        retries,
        from,
        factor(times));
  }
}
