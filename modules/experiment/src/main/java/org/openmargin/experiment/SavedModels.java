package org.openmargin.experiment;

import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.openmargin.experiment.folder.RunException;
import org.openmargin.experiment.wiring.DeviceChoice;
import org.openmargin.experiment.wiring.Runtimes;
import org.openmargin.serving.Finding;
import org.openmargin.serving.OpenSetClassifier;
import org.openmargin.serving.ModelCheck;

/**
 * Exported models on a device of one's choice.
 *
 * @param device where to compute
 * @param notices hears which device was chosen
 */
public record SavedModels(DeviceChoice device, Consumer<String> notices) {

  /**
   * Loads a version directory, or the highest version in a model's directory.
   *
   * @throws RunException if a GPU is wanted and TensorFlow has none
   * @throws org.openmargin.serving.ModelException if it holds no such model, or a damaged one
   */
  public OpenSetClassifier load(Path savedModel) {
    var runtime = Runtimes.start(device.config(), notices);
    return OpenSetClassifier.load(savedModel, runtime.settings().sessionConfig());
  }

  /**
   * Checks a version directory, or the highest version in a model's directory.
   *
   * @throws RunException if a GPU is wanted and TensorFlow has none
   */
  public List<Finding> check(Path savedModel) {
    var runtime = Runtimes.start(device.config(), notices);
    return ModelCheck.check(savedModel, runtime.settings().sessionConfig());
  }
}
