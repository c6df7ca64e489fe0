package org.openmargin.data.convert;

import com.google.protobuf.ByteString;
import java.io.IOException;
import java.util.List;
import org.openmargin.data.Dataset;
import org.openmargin.data.entry.Split;
import org.openmargin.data.records.ImageRecord;
import org.openmargin.data.records.ImageRecords;
import org.openmargin.data.source.ImageFiles;

/** Decoded images as PNG files, without loss. */
public record PixelRecords(Dataset dataset) implements ImageRecords {
  @Override
  public List<String> classNames() {
    return dataset.classNames();
  }

  @Override
  public void forEach(Taker taker) throws IOException {
    for (var split : Split.values()) {
      var part = dataset.parts().get(split.toString());
      for (var row = 0; row < part.count(); row++) {
        var png = ByteString.copyFrom(ImageFiles.png(part.images(), row));
        var entry = part.entry(row, dataset.classNames()).in(split);
        taker.take(new ImageRecord(entry, part.labels()[row], png));
      }
    }
  }
}
