package org.openmargin.experiment.audit;

import java.io.IOException;
import java.nio.file.Path;
import org.openmargin.experiment.folder.RunException;
import org.openmargin.files.FileErrors;
import org.openmargin.files.log.SiteKey;

/** The key that turns names of patients, slides or sites into pseudonyms. */
public final class SiteKeys {
  private SiteKeys() {}

  /**
   * The key of the site, if {@link SiteKey#VARIABLE} names its file; else one that is used once.
   *
   * @throws RunException if the file cannot be used
   */
  public static SiteKey ofProcess() {
    var file = System.getenv().getOrDefault(SiteKey.VARIABLE, "");
    return file.isEmpty() ? SiteKey.random() : read(Path.of(file));
  }

  /**
   * @throws RunException if the file cannot be used
   */
  public static SiteKey read(Path file) {
    try {
      return SiteKey.read(file);
    } catch (IOException e) {
      throw new RunException("key %s: %s".formatted(file, FileErrors.reason(e)), e);
    }
  }
}
