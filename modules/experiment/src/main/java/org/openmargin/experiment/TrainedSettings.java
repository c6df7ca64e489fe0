package org.openmargin.experiment;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.openmargin.config.Experiments;
import org.openmargin.config.v1.ExperimentConfig;
import org.openmargin.experiment.folder.RunException;
import org.openmargin.experiment.folder.RunFolder;
import org.openmargin.trainer.rate.LearningRate;

/** The settings a run was trained with; its weights fit no other classes or input. */
final class TrainedSettings {
  private TrainedSettings() {}

  /**
   * @throws RunException if the experiment was edited after training
   */
  static ExperimentConfig read(RunFolder files) {
    var trained = Experiments.read(files.experiment(), List.of());
    if (!Experiments.digest(trained)
        .equals(RunProvenance.read(files).message().getConfigSha256())) {
      throw new RunException(
          "%s was edited after training: its digest is not that in %s; undo the edit, and change settings with overrides"
              .formatted(files.experiment(), files.provenance()));
    }
    return trained;
  }

  /**
   * Before training resumes: compares everything that affects the numbers. Only more epochs are
   * allowed.
   *
   * @throws RunException naming the fields that differ
   */
  static void requireResumable(Path folder, ExperimentConfig trained, ExperimentConfig now) {
    var before = trained.getTraining().getEpochs();
    var asBefore = now.toBuilder();
    if (now.getTraining().getEpochs() > before) {
      asBefore.getTrainingBuilder().setEpochs(before);
    }
    require(
        folder + " was trained from another experiment; only training.epochs can still be raised",
        trained,
        asBefore.build());
  }

  /**
   * Before a run is used: compares everything except data paths, {@code scoring}, {@code export}
   * and {@code runtime}.
   *
   * @throws RunException naming the fields that differ
   */
  static void requireSameModel(Path folder, ExperimentConfig trained, ExperimentConfig now) {
    require(
        folder
            + " was trained with other settings: only data paths, scoring, export and runtime can still be changed",
        ofModel(trained),
        ofModel(now));
  }

  private static void require(String problem, ExperimentConfig trained, ExperimentConfig now) {
    if (!Experiments.digest(trained).equals(Experiments.digest(now))) {
      throw new RunException(
          "%s; differences:%n  %s"
              .formatted(problem, String.join("\n  ", Experiments.decidingDiff(trained, now))));
    }
  }

  private static ExperimentConfig ofModel(ExperimentConfig config) {
    return config.toBuilder().clearScoring().clearExport().clearRuntime().build();
  }

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
}
