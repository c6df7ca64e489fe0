package org.openmargin.cli.console;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.openmargin.experiment.folder.RunException;
import org.openmargin.files.AtomicTextFile;
import org.openmargin.files.FileErrors;

/** A file that a command writes for the user to edit, and never over another. */
public record NewTextFile(Path path) {

  /**
   * @throws RunException if there is such a file
   */
  public void requireNew() {
    if (Files.exists(path)) {
      throw new RunException(path + " already exists; name another file");
    }
  }

  /**
   * Writes the whole text, or nothing.
   *
   * @throws RunException if it cannot be written
   */
  public void write(String text) {
    try {
      AtomicTextFile.write(path, writer -> writer.write(text));
    } catch (IOException e) {
      throw new RunException("cannot write " + path + ": " + FileErrors.reason(e), e);
    }
  }
}
