package org.openmargin.trainer;

import org.openmargin.data.sampling.ClassSampling;
import org.openmargin.nn.augment.Augmentation;
import org.openmargin.nn.augment.Mixup;
import org.openmargin.nn.augment.OpenSamples;
import org.openmargin.runtime.Precision;
import org.openmargin.trainer.optimizer.Optimizer;
import org.openmargin.trainer.rate.LearningRate;

/**
 * How weights are trained.
 *
 * @param epochs passes over the training images
 * @param batchSize images per step; the last, partial batch of an epoch is dropped
 * @param seed all randomness is a function of it
 * @param keeping what is kept and logged, and when
 * @param sampling how often an epoch visits the images of each class
 */
public record TrainSettings(
    int epochs,
    int batchSize,
    long seed,
    StepSettings step,
    KeepSettings keeping,
    ClassSampling sampling) {

  /** Each image once in an epoch. */
  public TrainSettings(
      int epochs, int batchSize, long seed, StepSettings step, KeepSettings keeping) {
    this(epochs, batchSize, seed, step, keeping, ClassSampling.NATURAL);
  }

  /** A copy with another augmentation. */
  TrainSettings with(Augmentation other) {
    return with(step.with(other));
  }

  /** A copy with other steps. */
  TrainSettings with(StepSettings other) {
    return new TrainSettings(epochs, batchSize, seed, other, keeping, sampling);
  }

  /**
   * @param clipNorm largest global norm of the gradients; 0 for no limit
   * @param openSamples images added to each batch as images of the open class
   * @param mixup of images and labels, after augmentation
   * @param precision element type of activations
   */
  public record StepSettings(
      Optimizer optimizer,
      LearningRate rate,
      double clipNorm,
      Augmentation augmentation,
      OpenSamples openSamples,
      Mixup mixup,
      Precision precision) {

    /**
     * @throws IllegalArgumentException for open samples with mixup: they have no label to mix
     */
    public StepSettings {
      if (!openSamples.isNone() && !mixup.isNone()) {
        throw new IllegalArgumentException("mixup and open samples exclude each other");
      }
    }

    /** One without open samples and mixup. */
    public StepSettings(
        Optimizer optimizer,
        LearningRate rate,
        double clipNorm,
        Augmentation augmentation,
        Precision precision) {
      this(optimizer, rate, clipNorm, augmentation, OpenSamples.NONE, Mixup.NONE, precision);
    }

    /** A copy with another augmentation. */
    StepSettings with(Augmentation other) {
      return new StepSettings(optimizer, rate, clipNorm, other, openSamples, mixup, precision);
    }

    /** A copy with another learning rate. */
    StepSettings with(LearningRate other) {
      return new StepSettings(
          optimizer, other, clipNorm, augmentation, openSamples, mixup, precision);
    }

    /** A copy with open samples. */
    public StepSettings with(OpenSamples other) {
      return new StepSettings(optimizer, rate, clipNorm, augmentation, other, mixup, precision);
    }

    /** A copy with mixup. */
    public StepSettings with(Mixup other) {
      return new StepSettings(
          optimizer, rate, clipNorm, augmentation, openSamples, other, precision);
    }
  }

  /**
   * @param checkpoints number kept besides the best one
   * @param everyEpochs epochs between checkpoints, each with a validation
   * @param logEverySteps steps between fetches of metrics from the device
   * @param patienceEpochs training ends if the best validation accuracy is that old; 0: never
   */
  public record KeepSettings(
      Selection selection,
      int checkpoints,
      int everyEpochs,
      int logEverySteps,
      int patienceEpochs) {

    /** Without an early end. */
    public KeepSettings(Selection selection, int checkpoints, int everyEpochs, int logEverySteps) {
      this(selection, checkpoints, everyEpochs, logEverySteps, 0);
    }
  }

  /** Which checkpoint is used. Chosen by known validation images, never by unknown or test ones. */
  public enum Selection {
    /** The best accuracy on known validation images; the earliest if tied. */
    BEST_VALIDATION_ACCURACY,
    LAST_EPOCH
  }
}
