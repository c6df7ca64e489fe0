package org.openmargin.scoring.csv;

import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** Text that must be UTF-8, with or without a byte order mark. */
final class Utf8Text {
  private static final char BYTE_ORDER_MARK = '\ufeff';

  private Utf8Text() {}

  /**
   * A reader that fails with a {@link java.nio.charset.CharacterCodingException} where bytes are no
   * UTF-8, instead of reading different names as one.
   *
   * @param in not closed
   * @param name of the file, for errors
   * @throws IOException if it looks like UTF-16
   */
  static Reader of(InputStream in, String name) throws IOException {
    var bytes = new BufferedInputStream(in, 1 << 16);
    requireNoUtf16(bytes, name);
    var text =
        new BufferedReader(new InputStreamReader(bytes, StandardCharsets.UTF_8.newDecoder()));
    text.mark(1);
    if (text.read() != BYTE_ORDER_MARK) {
      text.reset();
    }
    return text;
  }

  private static void requireNoUtf16(InputStream in, String name) throws IOException {
    in.mark(2);
    byte[] start;
    try {
      start = in.readNBytes(2);
      in.reset();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    if (start.length == 2 && (start[0] == 0 || start[1] == 0 || (start[0] & 0xfe) == 0xfe)) {
      throw new IOException(name + " is not UTF-8 text; it looks like UTF-16, save it as UTF-8");
    }
  }

  /** For a text in another encoding. */
  static IOException other(String name, Exception cause) {
    return new IOException(name + " is not UTF-8 text; save it as UTF-8", cause);
  }
}
