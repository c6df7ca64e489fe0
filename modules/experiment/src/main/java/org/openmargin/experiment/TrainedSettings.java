package org.openmargin.experiment;

import java.nio.file.Path;
import org.openmargin.config.Experiments;
import org.openmargin.config.v1.ExperimentConfig;
import org.openmargin.experiment.folder.RunException;

/** The settings that a run was trained with; weights fit no other classes or input. */
final class TrainedSettings {
  private TrainedSettings() {}

  /**
   * Before training resumes: compares all that decides the numbers.
   *
   * @throws RunException that names the fields that differ
   */
  static void requireSame(Path folder, ExperimentConfig trained, ExperimentConfig now) {
    require(folder + " was trained from another experiment", trained, now);
  }

  /**
   * Before a run is used: compares all but where data are, {@code scoring}, {@code export} and
   * {@code runtime}.
   *
   * @throws RunException that names the fields that differ
   */
  static void requireSameModel(Path folder, ExperimentConfig trained, ExperimentConfig now) {
    require(
        folder
            + " was trained with other settings: only the place of the data, scoring, export and runtime can still be set",
        ofModel(trained),
        ofModel(now));
  }

  private static void require(String problem, ExperimentConfig trained, ExperimentConfig now) {
    if (!Experiments.digest(trained).equals(Experiments.digest(now))) {
      throw new RunException(
          "%s; differences:%n  %s"
              .formatted(problem, String.join("\n  ", Experiments.diff(trained, now))));
    }
  }

  private static ExperimentConfig ofModel(ExperimentConfig config) {
    return config.toBuilder().clearScoring().clearExport().clearRuntime().build();
  }
}
