package org.openmargin.serving.archive;

import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Path;
import org.openmargin.files.FileErrors;
import org.openmargin.files.Sha256;
import org.openmargin.serving.FileModel;
import org.openmargin.serving.LoadedModel;
import org.openmargin.serving.ModelContract;
import org.openmargin.serving.ModelException;

/**
 * By what a row was answered.
 *
 * @param version name of the version's folder
 * @param digest SHA-256 of the model's own list of digests, so of all its files
 * @param threshold unknown scores above it mean "unknown"
 */
public record Audit(String model, String version, String digest, double threshold)
    implements Serializable {

  /**
   * @param savedModel a model's folder, or one version in it
   * @throws ModelException if its digests cannot be read
   */
  public static Audit of(Path savedModel, FileModel classifier) {
    var directory = LoadedModel.versionDirectory(savedModel).toAbsolutePath().normalize();
    return new Audit(
        classifier.selfDescription().model(),
        directory.getFileName().toString(),
        digest(directory),
        classifier.threshold());
  }

  /**
   * SHA-256 of a version's own list of digests.
   *
   * @throws ModelException if it cannot be read
   */
  public static String digest(Path version) {
    var digests = version.resolve(ModelContract.DIGESTS_FILE);
    try {
      return Sha256.ofFile(digests);
    } catch (IOException e) {
      throw new ModelException(digests + " cannot be read: " + FileErrors.reason(e), e);
    }
  }
}
