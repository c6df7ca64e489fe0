package org.openmargin.experiment;

import java.util.Locale;
import java.util.Optional;
import org.openmargin.config.v1.ExperimentConfig;
import org.openmargin.trainer.LearningRate;

/**
 * A training that goes on beyond its former last epoch.
 *
 * @param before epochs it was to have
 * @param epochs epochs it is to have now
 */
record Extension(int before, int epochs) {

  /** Empty if the number of epochs is the same. */
  static Optional<Extension> of(ExperimentConfig trained, ExperimentConfig now) {
    var before = trained.getTraining().getEpochs();
    var epochs = now.getTraining().getEpochs();
    return before == epochs ? Optional.empty() : Optional.of(new Extension(before, epochs));
  }

  /**
   * What it means for the learning rate.
   *
   * @param step steps done
   */
  String sentence(LearningRate rate, long step, long stepsPerEpoch) {
    var old = rate.at(Math.max(0, step - 1), stepsPerEpoch, stepsPerEpoch * before);
    var next = rate.at(step, stepsPerEpoch, stepsPerEpoch * epochs);
    var general =
        "training goes on to %d epochs instead of %d: the schedule of the learning rate now stretches over all %d"
            .formatted(epochs, before, epochs);
    return old == next
        ? general + "; the rate does not change here"
        : String.format(
            Locale.ROOT,
            "%s, so the rate is %.3g at the next step, where it was %.3g at the last one; the result is not that of %d epochs from the start",
            general,
            next,
            old,
            epochs);
  }
}
