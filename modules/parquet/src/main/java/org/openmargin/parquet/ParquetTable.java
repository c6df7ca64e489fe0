package org.openmargin.parquet;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.apache.parquet.example.data.Group;
import org.openmargin.files.table.TableFileException;
import org.openmargin.files.table.TableReader;
import org.openmargin.files.table.TableRows;

/**
 * Reads Parquet files by Apache's reader: columns that are text, numbers or truth values as text,
 * columns of bytes as encoded images. A struct with the fields {@code path} and {@code bytes}, as
 * Hugging Face writes images, is both. Numbers of classes that have names there become these names.
 * Other nested columns and lists are left out.
 */
public final class ParquetTable implements TableReader {
  private static final byte[] MAGIC = "PAR1".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] ENCRYPTED = "PARE".getBytes(StandardCharsets.US_ASCII);

  @Override
  public String format() {
    return "Parquet";
  }

  @Override
  public boolean reads(byte[] head) {
    return begins(head, MAGIC) || begins(head, ENCRYPTED);
  }

  private static boolean begins(byte[] head, byte[] magic) {
    return head.length >= magic.length
        && Arrays.equals(head, 0, magic.length, magic, 0, magic.length);
  }

  @Override
  public TableRows read(Path file) {
    try (var rows = ParquetRows.open(file)) {
      var schema = rows.metadata().getSchema();
      var columns = Columns.of(schema, rows.blocks());
      var labels = ClassLabels.of(rows.metadata().getKeyValueMetaData());
      var cells = new ArrayList<List<String>>();
      if (!columns.text().isEmpty()) {
        var text = rows.of(columns.schema(schema));
        Function<Group, List<String>> values = row -> columns.cells(row, labels);
        for (var row = text.next(values); row.isPresent(); row = text.next(values)) {
          cells.add(row.get());
        }
      }
      return new TableRows(
          columns.names(),
          cells,
          columns.images().stream().map(ImageColumn::name).toList(),
          columns.leftOut());
    }
  }

  @Override
  public void images(Path file, String column, Taker taker) throws IOException {
    try (var rows = ParquetRows.open(file)) {
      var schema = rows.metadata().getSchema();
      var images =
          Columns.of(schema, rows.blocks()).images().stream()
              .filter(image -> image.name().equals(column))
              .findFirst()
              .orElseThrow(() -> new TableFileException("no column " + column + " of images"));
      var bytes = rows.of(images.schema(schema));
      for (var row = bytes.next(images::bytes); row.isPresent(); row = bytes.next(images::bytes)) {
        taker.take(row.get());
      }
    }
  }
}
