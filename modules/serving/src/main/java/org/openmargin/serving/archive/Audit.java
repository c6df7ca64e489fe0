package org.openmargin.serving.archive;

import java.io.Serializable;
import java.nio.file.Path;
import org.openmargin.serving.FileModel;
import org.openmargin.serving.VersionDigest;

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
   * @throws org.openmargin.serving.ModelException if its digests cannot be read
   */
  public static Audit of(Path savedModel, FileModel classifier) {
    var found = VersionDigest.of(savedModel);
    return new Audit(
        classifier.selfDescription().model(),
        found.version(),
        found.sha256(),
        classifier.threshold());
  }
}
