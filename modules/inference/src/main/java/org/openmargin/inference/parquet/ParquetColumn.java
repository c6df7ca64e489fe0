package org.openmargin.inference.parquet;

import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.Optional;
import org.openmargin.serving.archive.ArchiveColumn.Kind;

/**
 * A column that may hold nulls.
 *
 * @param values one per row, of the type of {@code kind}
 */
record ParquetColumn(String name, Kind kind, List<? extends Optional<?>> values) {
  private static final int OPTIONAL = 1;
  private static final int REPEATED = 2;
  private static final int REQUIRED = 0;
  private static final int UTF8 = 0;
  private static final int LIST = 3;
  private static final int PLAIN = 0;
  private static final int RLE = 3;
  private static final int GZIP = 2;

  /** A page of data. */
  @SuppressWarnings("ArrayRecordComponent") // handed on, never compared
  record Page(int values, byte[] bytes) {}

  private int type() {
    return switch (kind) {
      case BOOLEAN -> 0;
      case NUMBERS -> 4;
      case NUMBER -> 5;
      case TEXT -> 6;
    };
  }

  /** Elements of the schema: one, or the three of a list. */
  List<ThriftStruct> schema() {
    var element = new ThriftStruct().i32(1, type());
    return switch (kind) {
      case TEXT -> List.of(element.i32(3, OPTIONAL).text(4, name).i32(6, UTF8));
      case BOOLEAN, NUMBER -> List.of(element.i32(3, OPTIONAL).text(4, name));
      case NUMBERS ->
          List.of(
              new ThriftStruct().i32(3, OPTIONAL).text(4, name).i32(5, 1).i32(6, LIST),
              new ThriftStruct().i32(3, REPEATED).text(4, "list").i32(5, 1),
              element.i32(3, REQUIRED).text(4, "element"));
    };
  }

  private List<String> path() {
    return kind == Kind.NUMBERS ? List.of(name, "list", "element") : List.of(name);
  }

  /** Levels and values; a list has a repetition level, and a definition level for being empty. */
  Page page() {
    var repetition = new Levels();
    var definition = new Levels();
    var plain = new PlainValues();
    for (var value : values) {
      var numbers = value.isPresent() && value.get() instanceof List<?> list ? list : List.of();
      for (var i = 0; i < numbers.size(); i++) {
        repetition.add(i == 0 ? 0 : 1);
        definition.add(2);
        plain.add(numbers.get(i));
      }
      if (numbers.isEmpty()) {
        repetition.add(0);
        definition.add(value.isPresent() ? 1 : 0);
        if (kind != Kind.NUMBERS) {
          value.ifPresent(plain::add);
        }
      }
    }
    var page = new ByteArrayOutputStream();
    if (kind == Kind.NUMBERS) {
      page.writeBytes(repetition.bytes());
    }
    page.writeBytes(definition.bytes());
    page.writeBytes(plain.bytes());
    return new Page(definition.count(), page.toByteArray());
  }

  /** What stands before a page. */
  static ThriftStruct header(Page page, int compressed) {
    var data = new ThriftStruct().i32(1, page.values()).i32(2, PLAIN).i32(3, RLE).i32(4, RLE);
    return new ThriftStruct()
        .i32(1, 0)
        .i32(2, page.bytes().length)
        .i32(3, compressed)
        .struct(5, data);
  }

  /**
   * What the footer says about the column.
   *
   * @param offset of the page's header in the file
   * @param header its length
   */
  ThriftStruct metadata(Page page, long offset, int header, int compressed) {
    var about =
        new ThriftStruct()
            .i32(1, type())
            .i32s(2, List.of(PLAIN, RLE))
            .texts(3, path())
            .i32(4, GZIP)
            .i64(5, page.values())
            .i64(6, (long) header + page.bytes().length)
            .i64(7, (long) header + compressed)
            .i64(9, offset);
    return new ThriftStruct().i64(2, offset).struct(3, about);
  }
}
