package org.openmargin.trainer.rate;

/**
 * The learning rate at each step: a linear warm-up, then the schedule over the whole run.
 *
 * @param schedule factor over the run
 * @param warmupEpochs number of warm-up epochs, in which it rises linearly
 */
public record LearningRate(double base, Schedule schedule, double warmupEpochs) {

  /** The same, multiplied throughout. */
  public LearningRate times(double factor) {
    return new LearningRate(base * factor, schedule, warmupEpochs);
  }

  /**
   * @param step from 0
   * @param steps steps of the whole run
   */
  public double at(long step, long stepsPerEpoch, long steps) {
    var warmup = warmupEpochs * stepsPerEpoch;
    var rise = step + 1 < warmup ? (step + 1) / warmup : 1;
    return base * rise * schedule.factor((double) step / steps);
  }
}
