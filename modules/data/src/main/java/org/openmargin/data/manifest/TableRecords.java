package org.openmargin.data.manifest;

import com.google.protobuf.ByteString;
import java.io.IOException;
import java.util.List;
import org.openmargin.data.DataException;
import org.openmargin.data.records.ImageRecord;
import org.openmargin.data.records.ImageRecords;

/**
 * The images that a table holds.
 *
 * @param rows all of the table, in order, each with its part
 */
record TableRecords(EmbeddedImages images, List<ManifestRow> rows, List<String> classNames)
    implements ImageRecords {
  TableRecords {
    rows = List.copyOf(rows);
    classNames = List.copyOf(classNames);
  }

  @Override
  public void forEach(Taker taker) throws IOException {
    var left = rows.iterator();
    images.forEach(
        bytes -> {
          if (!left.hasNext()) {
            throw changed();
          }
          var row = left.next();
          var label = classNames.indexOf(row.entry().label());
          taker.take(new ImageRecord(row.entry(), label, ByteString.copyFrom(bytes)));
        });
    if (left.hasNext()) {
      throw changed();
    }
  }

  private DataException changed() {
    return new DataException(images.files().get(0) + ": it was changed while it was read");
  }
}
