package org.openmargin.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * A kind of file that may be damaged.
 *
 * @param name for the table
 * @param seeds whole files
 * @param repair makes checksums right again, so that damage gets past them
 * @param reader what reads the file; throws {@link AssertionError} for what must not happen
 */
record FuzzFormat(String name, List<Seed> seeds, UnaryOperator<byte[]> repair, Reader reader) {

  /**
   * A whole file.
   *
   * @param place where the damaged ones are put, in its stead
   */
  @SuppressWarnings("ArrayRecordComponent") // handed on, never compared
  record Seed(Path place, byte[] bytes) {}

  /** Reads a file as the product does. */
  interface Reader {
    void read(Path file) throws Exception;
  }

  FuzzFormat(String name, List<Seed> seeds, Reader reader) {
    this(name, seeds, UnaryOperator.identity(), reader);
  }
}
