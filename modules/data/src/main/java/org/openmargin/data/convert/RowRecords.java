package org.openmargin.data.convert;

import com.google.protobuf.ByteString;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import org.openmargin.data.manifest.ManifestRow;

/**
 * The files of a manifest as they are, byte by byte.
 *
 * @param rows each with its part
 */
public record RowRecords(List<ManifestRow> rows, List<String> classNames) implements ImageRecords {
  public RowRecords {
    rows = List.copyOf(rows);
    classNames = List.copyOf(classNames);
  }

  @Override
  public void forEach(Taker taker) throws IOException {
    for (var row : rows) {
      var encoded = ByteString.copyFrom(Files.readAllBytes(row.image()));
      taker.take(new ImageRecord(row.entry(), classNames.indexOf(row.entry().label()), encoded));
    }
  }
}
