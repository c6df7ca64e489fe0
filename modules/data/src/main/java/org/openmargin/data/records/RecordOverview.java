package org.openmargin.data.records;

import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Optional;
import org.openmargin.data.DataException;
import org.openmargin.data.Images;
import org.openmargin.data.entry.Split;
import org.openmargin.data.source.FolderOverview;
import org.openmargin.data.source.ImageFiles;
import org.openmargin.files.FileErrors;

/**
 * What records hold: counted all, measured on a sample.
 *
 * @param place of the records, for messages
 */
public record RecordOverview(Path place, ImageRecords records) {

  /**
   * @throws DataException if they cannot be read, or a sampled image cannot be decoded
   */
  public FolderOverview read() {
    var counts = new LinkedHashMap<String, Integer>();
    records.classNames().forEach(name -> counts.put(name, 0));
    var parts = EnumSet.noneOf(Split.class);
    var sample = new EvenSample<Images>(FolderOverview.SAMPLE);
    try {
      records.forEach(
          record -> {
            counts.merge(record.entry().label(), 1, Integer::sum);
            record.entry().split().ifPresent(parts::add);
            sample.offer(() -> Optional.of(decoded(record)));
          });
    } catch (IOException e) {
      throw new DataException("%s: cannot be read: %s".formatted(place, FileErrors.reason(e)), e);
    }
    return FolderOverview.of(
        counts,
        parts.contains(Split.TEST),
        parts.contains(Split.VALIDATION),
        sample.all(),
        Optional.empty());
  }

  private Images decoded(ImageRecord record) {
    try {
      return ImageFiles.decode(record.encoded().toByteArray(), 3);
    } catch (DataException e) {
      throw new DataException(
          "%s: %s: %s".formatted(place, record.entry().id(), e.getMessage()), e);
    }
  }
}
