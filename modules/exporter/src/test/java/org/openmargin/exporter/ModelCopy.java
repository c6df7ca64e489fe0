package org.openmargin.exporter;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A copy of an exported model, which a test may change. */
public final class ModelCopy {
  private ModelCopy() {}

  /**
   * @param model a version, or the directory of all
   * @param copy a directory that is not there yet, in one that is
   * @return the copy
   */
  public static Path of(Path model, Path copy) throws IOException {
    try (var files = Files.walk(model)) {
      for (var file : files.toList()) {
        Files.copy(file, copy.resolve(model.relativize(file).toString()));
      }
    }
    return copy;
  }
}
