package org.openmargin.experiment;

import java.nio.file.Path;
import org.openmargin.config.Experiments;
import org.openmargin.config.v1.ExperimentConfig;
import org.openmargin.experiment.folder.RunException;

/** What of an experiment stays as it was trained: a model's classes and input are its weights'. */
final class TrainedSettings {
  private TrainedSettings() {}

  /**
   * For a training that goes on: compares all that decides the numbers.
   *
   * @throws RunException that names the fields that differ
   */
  static void requireSame(Path folder, ExperimentConfig trained, ExperimentConfig now) {
    require(folder + " was trained from another experiment", trained, now);
  }

  /**
   * For a run that is used: compares all but where data lie, {@code scoring}, {@code export} and
   * {@code runtime}.
   *
   * @throws RunException that names the fields that differ
   */
  static void requireSameModel(Path folder, ExperimentConfig trained, ExperimentConfig now) {
    require(
        folder
            + " was trained otherwise: only where data lie, scoring, export and runtime can be set now",
        ofModel(trained),
        ofModel(now));
  }

  private static void require(String problem, ExperimentConfig trained, ExperimentConfig now) {
    if (!Experiments.digest(trained).equals(Experiments.digest(now))) {
      throw new RunException(
          "%s; it differs in:%n  %s"
              .formatted(problem, String.join("\n  ", Experiments.diff(trained, now))));
    }
  }

  private static ExperimentConfig ofModel(ExperimentConfig config) {
    return config.toBuilder().clearScoring().clearExport().clearRuntime().build();
  }
}
