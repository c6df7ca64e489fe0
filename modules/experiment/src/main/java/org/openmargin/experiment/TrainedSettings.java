package org.openmargin.experiment;

import java.nio.file.Path;
import java.util.List;
import org.openmargin.config.Experiments;
import org.openmargin.config.v1.ExperimentConfig;
import org.openmargin.experiment.folder.RunException;
import org.openmargin.experiment.folder.RunFolder;

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
}
