package org.openmargin.files.table;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.ServiceLoader;

/**
 * Reads one more format of tables. A provider of this service is found on the class path: {@code
 * openmargin-parquet} is one.
 */
public interface TableReader {
  /** First bytes of a file that {@link #reads} is shown. */
  int HEAD_BYTES = 8;

  /** The format in words, such as {@code Parquet}. */
  String format();

  /** Whether a file that begins so is of this format. */
  boolean reads(byte[] head);

  /**
   * Reads all rows.
   *
   * @throws TableFileException in one line, if the file is damaged or of a kind that is not read
   */
  TableRows read(Path file);

  /** The reader of a file; empty if none is there, or it is no file. */
  static Optional<TableReader> of(Path file) {
    if (!Files.isRegularFile(file)) {
      return Optional.empty();
    }
    try (var in = Files.newInputStream(file)) {
      var head = in.readNBytes(HEAD_BYTES);
      return ServiceLoader.load(TableReader.class, TableReader.class.getClassLoader()).stream()
          .map(ServiceLoader.Provider::get)
          .filter(reader -> reader.reads(head))
          .findFirst();
    } catch (IOException e) {
      // Whoever reads it says why it cannot be read.
      return Optional.empty();
    }
  }
}
