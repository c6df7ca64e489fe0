package org.openmargin.serving;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.openmargin.files.FileErrors;
import org.openmargin.files.Sha256;

/**
 * What identifies a version of a model, wherever it lies.
 *
 * @param version name of the version's folder
 * @param sha256 of the version's own list of digests, so of all its files
 */
public record VersionDigest(String version, String sha256) {

  /**
   * @param savedModel a model's folder, for its highest version, or one version in it
   * @throws ModelException if it has no list of digests
   */
  public static VersionDigest of(Path savedModel) {
    var folder = LoadedModel.versionDirectory(savedModel).toAbsolutePath().normalize();
    var digests = folder.resolve(ModelContract.DIGESTS_FILE);
    if (!Files.exists(digests)) {
      throw new ModelException(digests + " is missing, so nobody can say which model answers");
    }
    try {
      return new VersionDigest(String.valueOf(folder.getFileName()), Sha256.ofFile(digests));
    } catch (IOException e) {
      throw new ModelException(digests + " cannot be read: " + FileErrors.reason(e), e);
    }
  }
}
