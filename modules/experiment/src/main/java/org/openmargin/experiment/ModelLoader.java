package org.openmargin.experiment;

import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.openmargin.experiment.folder.RunException;
import org.openmargin.experiment.wiring.DeviceChoice;
import org.openmargin.experiment.wiring.RuntimeRequest;
import org.openmargin.experiment.wiring.TensorFlowRuntime;
import org.openmargin.serving.Finding;
import org.openmargin.serving.ModelCheck;
import org.openmargin.serving.OpenSetClassifier;
import org.tensorflow.proto.ConfigProto;

/**
 * Loads exported models on a chosen device.
 *
 * @param notices receives the name of the device used
 */
public record ModelLoader(RuntimeRequest runtime, Consumer<String> notices) {

  /** With default settings. */
  public ModelLoader(DeviceChoice device, Consumer<String> notices) {
    this(RuntimeRequest.on(device), notices);
  }

  /**
   * Loads a version directory, or the highest version in a model's directory.
   *
   * @throws RunException if a GPU is wanted and TensorFlow has none
   * @throws org.openmargin.serving.ModelException if there is no such model, or it is damaged
   */
  public OpenSetClassifier load(Path savedModel) {
    return OpenSetClassifier.load(savedModel, session());
  }

  /**
   * Checks a version directory, or the highest version in a model's directory.
   *
   * @throws RunException if a GPU is wanted and TensorFlow has none
   */
  public List<Finding> check(Path savedModel) {
    return ModelCheck.check(savedModel, session());
  }

  private ConfigProto session() {
    return TensorFlowRuntime.start(runtime, notices).settings().sessionConfig();
  }
}
