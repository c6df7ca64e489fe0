package org.openmargin.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Reads a file at once, if an array can hold it: the JDK throws an error, which nobody expects. */
public final class WholeFile {
  private static final int MOST_BYTES = Integer.MAX_VALUE - 8;

  private WholeFile() {}

  /**
   * @throws IOException if it cannot be read, is larger than 2 GiB, or a pipe or device, which may
   *     never end
   */
  public static byte[] read(Path file) throws IOException {
    var isFile = Files.isRegularFile(file);
    if (!isFile && Files.exists(file) && !Files.isDirectory(file)) {
      throw new IOException("a pipe or a device, not a file");
    }
    if (isFile && Files.size(file) > MOST_BYTES) {
      throw new IOException("larger than 2 GiB, the most that is read");
    }
    return Files.readAllBytes(file);
  }
}
