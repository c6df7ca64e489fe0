package org.openmargin.data.records;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.openmargin.data.DataException;
import org.openmargin.data.FileFacts;
import org.openmargin.data.ImageSizes;
import org.openmargin.data.entry.Split;
import org.openmargin.data.source.FileHeads;
import org.openmargin.data.source.StoredSize;
import org.openmargin.files.FileErrors;

/**
 * What the files of records tell before they are decoded; each call reads all records.
 *
 * @param place of the records, for messages
 */
public record RecordFacts(Path place, ImageRecords records) {
  private static final int MEASURED = 512;

  /** Facts by the ids of the images; without images that cannot be read. */
  public Map<String, FileFacts> byId() {
    var facts = new HashMap<String, FileFacts>();
    forEach(
        record ->
            FileHeads.of(record.encoded().toByteArray())
                .ifPresent(of -> facts.putIfAbsent(record.entry().id(), of)));
    return facts;
  }

  /** Sizes of a sample of the training images; empty if none can be read. */
  public Optional<ImageSizes> trainingSizes() {
    var sample = new EvenSample<ImageSizes.Size>(MEASURED);
    forEach(
        record -> {
          if (record.entry().split().equals(Optional.of(Split.TRAIN))) {
            sample.offer(() -> StoredSize.of(record.encoded().toByteArray()));
          }
        });
    var sizes = sample.all();
    return sizes.isEmpty() ? Optional.empty() : Optional.of(new ImageSizes(sizes));
  }

  private void forEach(ImageRecords.Taker taker) {
    try {
      records.forEach(taker);
    } catch (IOException e) {
      throw new DataException("%s: cannot be read: %s".formatted(place, FileErrors.reason(e)), e);
    }
  }
}
