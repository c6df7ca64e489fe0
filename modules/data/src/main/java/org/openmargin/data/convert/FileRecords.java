package org.openmargin.data.convert;

import com.google.protobuf.ByteString;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.openmargin.data.entry.DataEntry;
import org.openmargin.data.entry.Split;
import org.openmargin.data.records.ImageRecord;
import org.openmargin.data.records.ImageRecords;
import org.openmargin.data.source.FileParts;
import org.openmargin.data.source.LabeledFile;
import org.openmargin.files.WholeFile;

/** Image files as they are, byte by byte. */
public record FileRecords(FileParts parts) implements ImageRecords {
  @Override
  public List<String> classNames() {
    return parts.names();
  }

  @Override
  public void forEach(Taker taker) throws IOException {
    var files =
        Map.of(
            Split.TRAIN, parts.train(),
            Split.VALIDATION, parts.validation(),
            Split.TEST, parts.test());
    for (var part : Split.values()) {
      for (var file : files.get(part)) {
        var encoded = ByteString.copyFrom(WholeFile.read(file.file()));
        taker.take(new ImageRecord(entry(file, part), file.label(), encoded));
      }
    }
  }

  private DataEntry entry(LabeledFile file, Split part) {
    return new DataEntry(
        file.id(),
        parts.names().get(file.label()),
        Optional.of(part),
        Optional.of(file.group()).filter(group -> !group.isEmpty()),
        Optional.empty());
  }
}
