package org.openmargin.scoring.csv;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Comma-separated values (RFC 4180) one row at a time, for large files: a row is looked at where it
 * lies in the buffer, and only what is asked for becomes an object. Blanks around a field are left
 * out, and so are empty lines and a byte order mark.
 */
final class CsvRows {
  private static final int LONGEST_ROW = 1 << 26;

  private final InputStream in;
  private final String name;

  private byte[] buffer = new byte[1 << 18];
  private int filled;
  private int rowStart;
  private int fieldStart;
  private int cursor;

  private long line = 1;
  private long nextLine = 1;
  private int[] from = new int[16];
  private int[] to = new int[16];
  private int fields;

  CsvRows(InputStream in, String name) throws IOException {
    this.in = in;
    this.name = name;
    boolean more = true;
    while (more && filled < 3) {
      more = readMore();
    }
    if (filled >= 2 && (buffer[0] == 0 || buffer[1] == 0 || (buffer[0] & 0xfe) == 0xfe)) {
      throw new IOException(name + " is no UTF-8 text; it looks like UTF-16, save it as UTF-8");
    }
    boolean marked = filled >= 3 && text(0, 3).equals("\ufeff");
    cursor = marked ? 3 : 0;
  }

  /** Goes to the next row; false when there is none. */
  boolean next() throws IOException {
    do {
      line = nextLine;
      rowStart = cursor;
      fieldStart = cursor;
      fields = 0;
      if (!scanRow()) {
        return false;
      }
    } while (fields == 1 && isEmpty(0));
    return true;
  }

  /** Number of fields of this row. */
  int fields() {
    return fields;
  }

  String name() {
    return name;
  }

  /** {@code file:line} of this row. */
  String place() {
    return name + ":" + line;
  }

  boolean isEmpty(int field) {
    return from[field] == to[field];
  }

  /** Whether both fields are the same integer or the same text. */
  boolean same(int a, int b) {
    if (Arrays.equals(buffer, from[a], to[a], buffer, from[b], to[b])) {
      return true;
    }
    long number = integer(a);
    return number != Digits.NO_INTEGER && number == integer(b);
  }

  /** The field as an integer, or {@link Digits#NO_INTEGER}. */
  long integer(int field) {
    return Digits.integer(buffer, from[field], to[field]);
  }

  /** The field as a number; NaN when it is none. */
  double number(int field) {
    return Digits.number(buffer, from[field], to[field]);
  }

  /** Whether the field is this ASCII word, in capitals or not. */
  boolean isWord(int field, String word) {
    return to[field] - from[field] == word.length() && text(field).equalsIgnoreCase(word);
  }

  String text(int field) {
    return text(from[field], to[field]);
  }

  List<String> texts() {
    return IntStream.range(0, fields).mapToObj(this::text).toList();
  }

  private String text(int start, int end) {
    return new String(buffer, start, end - start, StandardCharsets.UTF_8);
  }

  private boolean scanRow() throws IOException {
    boolean quoted = false;
    while (cursor < filled || readMore()) {
      byte c = buffer[cursor++];
      if (c == '"') {
        // Within a field that began without one, a quotation mark is like any other character.
        quoted = !quoted && buffer[fieldStart] == '"';
      } else if (c == '\n') {
        nextLine++;
        if (!quoted) {
          endField(cursor - 1);
          return true;
        }
      } else if (c == ',' && !quoted) {
        endField(cursor - 1);
        fieldStart = cursor;
      }
    }
    if (quoted) {
      throw new IOException(place() + ": a quoted field is not closed");
    }
    endField(cursor);
    return cursor > rowStart;
  }

  private void endField(int end) throws IOException {
    if (fields == from.length) {
      from = Arrays.copyOf(from, 2 * fields);
      to = Arrays.copyOf(to, 2 * fields);
    }
    int last = end;
    if (fieldStart < end && buffer[fieldStart] == '"') {
      last = withoutQuotes(end);
    }
    int first = fieldStart;
    while (first < last && isBlank(buffer[first])) {
      first++;
    }
    while (last > first && isBlank(buffer[last - 1])) {
      last--;
    }
    from[fields] = first;
    to[fields++] = last;
  }

  /** Moves the content of a quoted field to where the field begins; returns its end. */
  private int withoutQuotes(int end) throws IOException {
    int written = fieldStart;
    int read = fieldStart + 1;
    while (buffer[read] != '"' || (read + 1 < end && buffer[read + 1] == '"')) {
      read += buffer[read] == '"' ? 1 : 0;
      buffer[written++] = buffer[read++];
    }
    for (int rest = read + 1; rest < end; rest++) {
      if (!isBlank(buffer[rest])) {
        throw new IOException(
            "%s: text after the closing quotation mark of field %d".formatted(place(), fields + 1));
      }
    }
    return written;
  }

  /** Only the bytes of the current row are kept. */
  private boolean readMore() throws IOException {
    int moved = rowStart;
    System.arraycopy(buffer, moved, buffer, 0, filled - moved);
    filled -= moved;
    cursor -= moved;
    fieldStart -= moved;
    rowStart = 0;
    for (int field = 0; field < fields; field++) {
      from[field] -= moved;
      to[field] -= moved;
    }
    if (filled == buffer.length) {
      if (filled >= LONGEST_ROW) {
        throw new IOException(
            place() + ": the row goes on for more than 64 MiB; is a quotation mark missing?");
      }
      buffer = Arrays.copyOf(buffer, 2 * filled);
    }
    int more = read();
    filled += Math.max(0, more);
    return more > 0;
  }

  private int read() throws IOException {
    try {
      return in.read(buffer, filled, buffer.length - filled);
    } catch (IOException e) {
      throw new IOException(name + " cannot be read: " + e.getMessage(), e);
    }
  }

  private static boolean isBlank(byte c) {
    return c == ' ' || c == '\t' || c == '\r';
  }
}
