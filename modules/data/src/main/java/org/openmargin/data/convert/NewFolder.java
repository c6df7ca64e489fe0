package org.openmargin.data.convert;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import org.openmargin.data.DataException;
import org.openmargin.files.FileErrors;
import org.openmargin.files.Folders;

/** A folder that is written whole or not at all, and never over another. */
record NewFolder(Path path) {
  interface Content {
    void writeTo(Path folder) throws IOException;
  }

  /**
   * @throws DataException if there is something at the path, or the content cannot be written
   */
  void write(Content content) {
    if (Files.exists(path)) {
      throw new DataException(path + " already exists; name another folder");
    }
    var target = path.toAbsolutePath().normalize();
    var staged = target.resolveSibling("." + target.getFileName() + "." + UUID.randomUUID());
    try {
      Files.createDirectories(staged);
      try {
        content.writeTo(staged);
        Folders.publish(staged, target);
      } finally {
        Folders.delete(staged);
      }
    } catch (IOException e) {
      throw new DataException("%s: cannot be written: %s".formatted(path, FileErrors.reason(e)), e);
    }
  }
}
