package org.openmargin.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Reads a file at once, if an array can hold it: the JDK throws an error, which nobody expects. */
public final class WholeFile {
  private static final int MOST_BYTES = Integer.MAX_VALUE - 8;

  private WholeFile() {}

  /**
   * @throws IOException if it cannot be read, or is larger than 2 GiB
   */
  public static byte[] read(Path file) throws IOException {
    if (Files.isRegularFile(file) && Files.size(file) > MOST_BYTES) {
      throw new IOException("larger than 2 GiB, the most that is read");
    }
    return Files.readAllBytes(file);
  }
}
