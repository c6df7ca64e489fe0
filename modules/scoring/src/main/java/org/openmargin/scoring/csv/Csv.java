package org.openmargin.scoring.csv;

import java.io.IOException;
import java.io.Reader;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Comma-separated values as RFC 4180 quotes them; rows end with a line feed. */
public final class Csv {
  private static final int END = -1;

  private Csv() {}

  /** One row with its line feed; fields are quoted where they must be. */
  public static String line(List<String> fields) {
    return fields.stream().map(Csv::quoted).collect(Collectors.joining(",")) + "\n";
  }

  private static String quoted(String field) {
    boolean plain = field.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
    return plain ? field : '"' + field.replace("\"", "\"\"") + '"';
  }

  /** Every row; line feeds and carriage returns may both end one. */
  static List<List<String>> rows(Reader reader) throws IOException {
    List<List<String>> rows = new ArrayList<>();
    Row row = new Row(reader, reader.read());
    while (row.next != END) {
      rows.add(row.read());
    }
    return rows;
  }

  /** Reads one row after the other, one character ahead. */
  private static final class Row {
    private final Reader reader;
    private int next;

    Row(Reader reader, int first) {
      this.reader = reader;
      this.next = first;
    }

    List<String> read() throws IOException {
      List<String> fields = new ArrayList<>();
      fields.add(field());
      while (next == ',') {
        advance();
        fields.add(field());
      }
      if (next == '\r') {
        advance();
      }
      if (next == '\n') {
        advance();
      }
      return fields;
    }

    private String field() throws IOException {
      StringBuilder text = new StringBuilder();
      if (next == '"') {
        advance();
        quotedPart(text);
      }
      while (next != ',' && next != '\n' && next != '\r' && next != END) {
        text.append((char) advance());
      }
      return text.toString();
    }

    private void quotedPart(StringBuilder text) throws IOException {
      while (next != END) {
        int c = advance();
        if (c == '"' && next != '"') {
          return;
        }
        text.append((char) (c == '"' ? advance() : c));
      }
      throw new IOException("a quoted field is not closed");
    }

    private int advance() throws IOException {
      int current = next;
      next = reader.read();
      return current;
    }
  }
}
