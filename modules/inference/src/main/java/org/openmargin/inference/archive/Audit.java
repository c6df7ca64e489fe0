package org.openmargin.inference.archive;

import java.io.IOException;
import java.nio.file.Path;
import org.openmargin.files.FileErrors;
import org.openmargin.files.Sha256;
import org.openmargin.serving.LoadedModel;
import org.openmargin.serving.ModelContract;
import org.openmargin.serving.ModelException;
import org.openmargin.serving.OpenSetClassifier;

/**
 * By what a row was answered.
 *
 * @param version name of the version's folder
 * @param digest SHA-256 of the model's own list of digests, so of all its files
 * @param threshold unknown scores above it mean "unknown"
 */
public record Audit(String model, String version, String digest, double threshold) {

  /**
   * @param savedModel a model's folder, or one version in it
   * @throws ModelException if its digests cannot be read
   */
  public static Audit of(Path savedModel, OpenSetClassifier classifier) {
    var directory = LoadedModel.versionDirectory(savedModel).toAbsolutePath().normalize();
    var digests = directory.resolve(ModelContract.DIGESTS_FILE);
    try {
      return new Audit(
          classifier.selfDescription().model(),
          directory.getFileName().toString(),
          Sha256.ofFile(digests),
          classifier.threshold());
    } catch (IOException e) {
      throw new ModelException(digests + " cannot be read: " + FileErrors.reason(e), e);
    }
  }
}
