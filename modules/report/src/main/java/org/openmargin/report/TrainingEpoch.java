package org.openmargin.report;

import java.util.OptionalDouble;

/**
 * Measurements after an epoch.
 *
 * @param epoch from 1
 * @param step at the end of the epoch; 0 if not recorded
 * @param loss mean training loss since the previous validation
 * @param accuracy on known validation images
 * @param validationLoss on known validation images; empty if not recorded
 */
record TrainingEpoch(
    int epoch, int step, double loss, double accuracy, OptionalDouble validationLoss) {

  /** Without a step and a validation loss. */
  TrainingEpoch(int epoch, double loss, double accuracy) {
    this(epoch, 0, loss, accuracy, OptionalDouble.empty());
  }
}
