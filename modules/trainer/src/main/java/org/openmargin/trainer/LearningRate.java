package org.openmargin.trainer;

/**
 * The learning rate at each step: a linear warm-up, then the schedule over the whole training.
 *
 * @param base the learning rate
 * @param schedule its course
 * @param warmupEpochs the first so many epochs rise linearly to it
 */
public record LearningRate(double base, Schedule schedule, double warmupEpochs) {

  /**
   * @param step from 0
   * @param stepsPerEpoch steps of one epoch
   * @param steps steps of the whole training
   */
  public double at(long step, long stepsPerEpoch, long steps) {
    var warmup = warmupEpochs * stepsPerEpoch;
    var rise = step + 1 < warmup ? (step + 1) / warmup : 1;
    return base * rise * schedule.factor((double) step / steps);
  }
}
