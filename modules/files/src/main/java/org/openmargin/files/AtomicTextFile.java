package org.openmargin.files;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** Writes a UTF-8 text file that is either whole or not there, as {@link AtomicFile} does. */
public final class AtomicTextFile {
  private AtomicTextFile() {}

  /** What writes the text. */
  @FunctionalInterface
  public interface Content {
    /** Writes everything; needs not close. */
    void writeTo(Writer writer) throws IOException;
  }

  /**
   * Writes or replaces a file.
   *
   * @param file its folder exists
   * @throws IOException when the text cannot be written or the file cannot be replaced
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
