package org.openmargin.files;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** Writes a UTF-8 text file completely or not at all, as {@link AtomicFile} does. */
public final class AtomicTextFile {
  private AtomicTextFile() {}

  @FunctionalInterface
  public interface Content {
    /** Writes everything; need not close the writer. */
    void writeTo(Writer writer) throws IOException;
  }

  /**
   * Writes or replaces a file.
   *
   * @param file in an existing folder
   * @throws IOException if the text cannot be written or the file cannot be replaced
   */
  public static void write(Path file, Content content) throws IOException {
    AtomicFile.write(
        file,
        out -> {
          var writer = new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8));
          content.writeTo(writer);
          writer.flush();
        });
  }
}
