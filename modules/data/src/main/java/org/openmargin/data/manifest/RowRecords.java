package org.openmargin.data.manifest;

import com.google.protobuf.ByteString;
import java.io.IOException;
import java.util.List;
import org.openmargin.data.records.ImageRecord;
import org.openmargin.data.records.ImageRecords;
import org.openmargin.files.WholeFile;

/**
 * The files of a manifest as they are, byte by byte.
 *
 * @param rows each with its part
 */
record RowRecords(List<ManifestRow> rows, List<String> classNames) implements ImageRecords {
  RowRecords {
    rows = List.copyOf(rows);
    classNames = List.copyOf(classNames);
  }

  @Override
  public void forEach(Taker taker) throws IOException {
    for (var row : rows) {
      var encoded = ByteString.copyFrom(WholeFile.read(row.image()));
      taker.take(new ImageRecord(row.entry(), classNames.indexOf(row.entry().label()), encoded));
    }
  }
}
