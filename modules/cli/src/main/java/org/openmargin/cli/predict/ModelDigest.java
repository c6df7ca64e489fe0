package org.openmargin.cli.predict;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.openmargin.cli.audit.AuditOption;
import org.openmargin.files.FileErrors;
import org.openmargin.files.Sha256;
import org.openmargin.serving.LoadedModel;
import org.openmargin.serving.ModelContract;
import org.openmargin.serving.ModelException;

/** What identifies a SavedModel in an audit log: the digest of its list of digests. */
public final class ModelDigest {
  private ModelDigest() {}

  /**
   * @param savedModel a model's folder, or one version in it
   * @throws ModelException if its digests cannot be read
   */
  public static AuditOption.Model of(Path savedModel) {
    var folder = LoadedModel.versionDirectory(savedModel).toAbsolutePath().normalize();
    var digests = folder.resolve(ModelContract.DIGESTS_FILE);
    if (!Files.exists(digests)) {
      throw new ModelException(
          digests + " is missing, so the audit log cannot say which model answers");
    }
    try {
      return new AuditOption.Model(Sha256.ofFile(digests), String.valueOf(folder.getFileName()));
    } catch (IOException e) {
      throw new ModelException(digests + " cannot be read: " + FileErrors.reason(e), e);
    }
  }
}
