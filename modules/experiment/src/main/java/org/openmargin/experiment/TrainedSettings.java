package org.openmargin.experiment;

import java.nio.file.Path;
import org.openmargin.config.Experiments;
import org.openmargin.v1.ExperimentConfig;

/** What of an experiment stays as it was trained: a model's classes and input are its weights'. */
final class TrainedSettings {
  private TrainedSettings() {}

  /**
   * Compares all but where data lie, {@code scoring}, {@code export} and {@code runtime}.
   *
   * @throws RunException that names the fields that differ
   */
  static void requireSame(Path folder, ExperimentConfig trained, ExperimentConfig now) {
    var before = of(trained);
    var after = of(now);
    if (!Experiments.digest(before).equals(Experiments.digest(after))) {
      throw new RunException(
          "%s was trained otherwise: only where data lie, scoring, export and runtime can be set now; it differs in:%n  %s"
              .formatted(folder, String.join("\n  ", Experiments.diff(before, after))));
    }
  }

  private static ExperimentConfig of(ExperimentConfig config) {
    return config.toBuilder().clearScoring().clearExport().clearRuntime().build();
  }
}
