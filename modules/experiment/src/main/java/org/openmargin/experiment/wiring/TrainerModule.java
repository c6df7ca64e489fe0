package org.openmargin.experiment.wiring;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import org.openmargin.config.v1.AdamConfig;
import org.openmargin.config.v1.TrainingConfig;
import org.openmargin.data.sampling.ClassSampling;
import org.openmargin.nn.augment.Mixup;
import org.openmargin.runtime.Precision;
import org.openmargin.trainer.TrainSettings;
import org.openmargin.trainer.TrainSettings.KeepSettings;
import org.openmargin.trainer.TrainSettings.StepSettings;
import org.openmargin.trainer.optimizer.Optimizer;
import org.openmargin.trainer.optimizer.WeightAverage;
import org.openmargin.trainer.rate.LearningRate;
import org.openmargin.trainer.rate.Schedule;

/** Binds how weights are trained: optimizer, schedule, augmentation, checkpoints. */
final class TrainerModule extends AbstractModule {
  private final TrainingConfig config;
  private final long seed;

  TrainerModule(TrainingConfig config, long seed) {
    this.config = config;
    this.seed = seed;
  }

  @Override
  protected void configure() {
    if (config.getOptimizerCase() == TrainingConfig.OptimizerCase.OPTIMIZER_NOT_SET) {
      binder().addError("training: no optimizer is set");
    }
    if (config.getScheduleCase() == TrainingConfig.ScheduleCase.SCHEDULE_NOT_SET) {
      binder().addError("training: no schedule is set");
    }
  }

  @Provides
  @Singleton
  TrainSettings settings() {
    return new TrainSettings(
        config.getEpochs(), config.getBatchSize(), seed, step(), keeping(), sampling());
  }

  private ClassSampling sampling() {
    var balanced =
        switch (config.getSampling()) {
          case NATURAL -> false;
          case BALANCED -> true;
        };
    return new ClassSampling(balanced, config.getClassWeightsList());
  }

  private StepSettings step() {
    var precision =
        switch (config.getPrecision()) {
          case FLOAT32 -> Precision.FLOAT32;
          case BFLOAT16 -> Precision.BFLOAT16;
        };
    var rate = new LearningRate(baseRate(), schedule(), config.getWarmupEpochs());
    return new StepSettings(
        averaged(optimizer()),
        rate,
        config.getGradientClipNorm(),
        AugmentationWiring.augmentation(config.getAugmentation()),
        AugmentationWiring.openSamples(config),
        config.hasMixup() ? new Mixup(config.getMixup().getAlpha()) : Mixup.NONE,
        precision);
  }

  private Optimizer optimizer() {
    return switch (config.getOptimizerCase()) {
      case ADAM -> adam(config.getAdam(), false);
      case ADAMW -> adam(config.getAdamw(), true);
      case SGD ->
          new Optimizer.Sgd(
              config.getSgd().getMomentum(),
              config.getSgd().getNesterov(),
              new Optimizer.Decay(config.getSgd().getWeightDecay(), false));
      case OPTIMIZER_NOT_SET -> throw new IllegalStateException("refused by configure");
    };
  }

  private Optimizer averaged(Optimizer optimizer) {
    var decay = config.getWeightAverageDecay();
    return decay == 0 ? optimizer : new WeightAverage(optimizer, decay);
  }

  private static Optimizer adam(AdamConfig adam, boolean decoupled) {
    return new Optimizer.Adam(
        adam.getBeta1(),
        adam.getBeta2(),
        adam.getEpsilon(),
        new Optimizer.Decay(adam.getWeightDecay(), decoupled));
  }

  private double baseRate() {
    return switch (config.getOptimizerCase()) {
      case ADAM -> config.getAdam().getLearningRate();
      case ADAMW -> config.getAdamw().getLearningRate();
      case SGD -> config.getSgd().getLearningRate();
      case OPTIMIZER_NOT_SET -> throw new IllegalStateException("refused by configure");
    };
  }

  private Schedule schedule() {
    return switch (config.getScheduleCase()) {
      case CONSTANT -> new Schedule.Constant();
      case MULTISTEP ->
          new Schedule.Multistep(
              config.getMultistep().getAtFractionsList(), config.getMultistep().getFactor());
      case COSINE ->
          new Schedule.Cosine(
              config.getCosine().getFinalFraction(), config.getCosine().getRestarts());
      case SCHEDULE_NOT_SET -> throw new IllegalStateException("refused by configure");
    };
  }

  private KeepSettings keeping() {
    var selection =
        switch (config.getSelection()) {
          case BEST_VALIDATION_ACCURACY -> TrainSettings.Selection.BEST_VALIDATION_ACCURACY;
          case LAST_EPOCH -> TrainSettings.Selection.LAST_EPOCH;
        };
    return new KeepSettings(
        selection,
        config.getKeepCheckpoints(),
        config.getCheckpointEveryEpochs(),
        config.getLogEverySteps(),
        config.getEarlyStoppingEpochs());
  }
}
