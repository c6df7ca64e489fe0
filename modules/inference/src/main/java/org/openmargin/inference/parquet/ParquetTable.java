package org.openmargin.inference.parquet;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.openmargin.serving.archive.ArchiveColumn;
import org.openmargin.serving.archive.ArchiveRow;

/**
 * A table as a Parquet file: one row group, one page per column, encoding PLAIN, compressed by
 * gzip; for some thousand rows, which fit into memory. Source: Apache Parquet, format 2.12,
 * README.md, Encodings.md and parquet.thrift.
 */
public record ParquetTable(List<ArchiveRow> rows) {
  private static final byte[] MAGIC = "PAR1".getBytes(StandardCharsets.US_ASCII);

  public ParquetTable {
    rows = List.copyOf(rows);
  }

  /** The file. */
  public byte[] bytes() {
    var file = new ByteArrayOutputStream();
    file.writeBytes(MAGIC);
    var columns = Arrays.stream(ArchiveColumn.values()).map(this::column).toList();
    var chunks = columns.stream().map(column -> write(column, file)).toList();
    var footer = footer(columns, chunks, file.size() - MAGIC.length).bytes();
    file.writeBytes(footer);
    file.writeBytes(
        ByteBuffer.allocate(Integer.BYTES)
            .order(ByteOrder.LITTLE_ENDIAN)
            .putInt(footer.length)
            .array());
    file.writeBytes(MAGIC);
    return file.toByteArray();
  }

  private ParquetColumn column(ArchiveColumn column) {
    return new ParquetColumn(
        column.title(), column.kind(), rows.stream().map(row -> column.of(row)).toList());
  }

  /** Appends a column, and returns what the footer says about it. */
  private static ThriftStruct write(ParquetColumn column, ByteArrayOutputStream file) {
    var page = column.page();
    var compressed = gzip(page.bytes());
    var header = ParquetColumn.header(page, compressed.length).bytes();
    var offset = file.size();
    file.writeBytes(header);
    file.writeBytes(compressed);
    return column.metadata(page, offset, header.length, compressed.length);
  }

  private ThriftStruct footer(List<ParquetColumn> columns, List<ThriftStruct> chunks, long bytes) {
    var schema = new ArrayList<ThriftStruct>();
    schema.add(new ThriftStruct().text(4, "answers").i32(5, columns.size()));
    columns.forEach(column -> schema.addAll(column.schema()));
    var group = new ThriftStruct().structs(1, chunks).i64(2, bytes).i64(3, rows.size());
    return new ThriftStruct()
        .i32(1, 1)
        .structs(2, schema)
        .i64(3, rows.size())
        .structs(4, List.of(group))
        .text(6, "openmargin");
  }

  private static byte[] gzip(byte[] bytes) {
    var out = new ByteArrayOutputStream();
    try (var gzip = new GZIPOutputStream(out)) {
      gzip.write(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }
}
