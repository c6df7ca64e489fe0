package org.openmargin.experiment;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.openmargin.experiment.folder.RunException;
import org.openmargin.experiment.wiring.runtime.DeviceChoice;
import org.openmargin.experiment.wiring.runtime.RuntimeRequest;
import org.openmargin.experiment.wiring.runtime.TensorFlowRuntime;
import org.openmargin.serving.Finding;
import org.openmargin.serving.OpenSetClassifier;
import org.openmargin.serving.gate.ModelGate;
import org.openmargin.serving.gate.PublicKeys;
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
   * Checks a version directory, or the highest version in a model's directory, before and after
   * loading it.
   *
   * @throws RunException if a GPU is wanted and TensorFlow has none
   */
  public List<Finding> check(Path savedModel) {
    return new ModelGate(session()).check(savedModel);
  }

  /**
   * As {@link #check(Path)}; the digests must also be signed.
   *
   * @param key file with the public key
   * @throws org.openmargin.serving.ModelException if the file holds no key
   */
  public List<Finding> check(Path savedModel, Path key) {
    return new ModelGate(Optional.of(PublicKeys.read(key)), session()).check(savedModel);
  }

  private ConfigProto session() {
    return TensorFlowRuntime.start(runtime, notices).settings().sessionConfig();
  }
}
