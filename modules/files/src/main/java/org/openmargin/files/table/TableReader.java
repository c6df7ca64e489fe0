package org.openmargin.files.table;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Reads one more format of tables. A provider of this service is found on the class path: {@code
 * openmargin-parquet} is one.
 */
public interface TableReader {
  /** First bytes of a file that {@link #reads} is shown. */
  int HEAD_BYTES = 8;

  /** The format in words, such as {@code Parquet}. */
  String format();

  /** How the names of its files usually end, in small letters. */
  default String ending() {
    return "." + format().toLowerCase(Locale.ROOT);
  }

  /** Whether a file that begins so is of this format. */
  boolean reads(byte[] head);

  /**
   * Reads all rows.
   *
   * @throws TableFileException in one line, if the file is damaged or of a kind that is not read
   */
  TableRows read(Path file);

  /**
   * Hands over the bytes of one of the {@link TableRows#images}, row by row.
   *
   * @throws TableFileException as {@link #read} does
   * @throws IOException of the taker
   */
  default void images(Path file, String column, Taker taker) throws IOException {
    throw new TableFileException("%s tables hold no images here".formatted(format()));
  }

  /** Receives the bytes of a row; none where the table has none. */
  @FunctionalInterface
  interface Taker {
    void take(byte[] image) throws IOException;
  }

  /** Endings of all formats that there are readers of. */
  static Set<String> endings() {
    return readers().map(TableReader::ending).collect(Collectors.toUnmodifiableSet());
  }

  private static Stream<TableReader> readers() {
    return ServiceLoader.load(TableReader.class, TableReader.class.getClassLoader()).stream()
        .map(ServiceLoader.Provider::get);
  }

  /** The reader of a file; empty if none is there, or it is no file. */
  static Optional<TableReader> of(Path file) {
    if (!Files.isRegularFile(file)) {
      return Optional.empty();
    }
    try (var in = Files.newInputStream(file)) {
      var head = in.readNBytes(HEAD_BYTES);
      return readers().filter(reader -> reader.reads(head)).findFirst();
    } catch (IOException e) {
      // Whoever reads it says why it cannot be read.
      return Optional.empty();
    }
  }
}
