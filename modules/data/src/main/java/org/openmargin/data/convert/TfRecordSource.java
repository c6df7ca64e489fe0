package org.openmargin.data.convert;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.openmargin.data.DataException;
import org.openmargin.data.DataSource;
import org.openmargin.data.Dataset;
import org.openmargin.data.FileFacts;
import org.openmargin.data.ImageSizes;
import org.openmargin.data.division.Division;
import org.openmargin.data.entry.DataEntry;
import org.openmargin.data.entry.Split;
import org.openmargin.data.pixels.ImageStorage;
import org.openmargin.data.records.RecordDataset;
import org.openmargin.data.records.RecordFacts;
import org.openmargin.data.source.PixelForm;

/**
 * TFRecord files as a data set, divided as the names of the files say; without validation images,
 * some are taken from the training part.
 *
 * @param path a folder of such files, or one
 * @param name the data set's name in reports
 * @param form of the pixels
 * @param division of the training part
 * @param storage keeps the decoded images
 */
public record TfRecordSource(
    Path path, String name, PixelForm form, Division division, ImageStorage storage)
    implements DataSource {

  /**
   * Reads all records.
   *
   * @throws DataException if there is no such file, one is damaged, training or test images are
   *     missing, or naming the images that cannot be decoded
   */
  @Override
  public Dataset load() {
    return new RecordDataset(name, path, form, storage).of(records(), this::divided);
  }

  /** Sizes of images of the training files, of which some may be for validation. */
  @Override
  public Optional<ImageSizes> trainingSizes() {
    return new RecordFacts(path, records()).trainingSizes();
  }

  @Override
  public Map<String, FileFacts> fileFacts() {
    return new RecordFacts(path, records()).byId();
  }

  private TfRecordFiles records() {
    return TfRecordFiles.at(path);
  }

  private List<DataEntry> divided(List<DataEntry> entries) {
    for (var part : List.of(Split.TRAIN, Split.TEST)) {
      if (RecordDataset.where(part, entries).length == 0) {
        throw new DataException("%s: no image is in the part '%s'".formatted(path, part));
      }
    }
    if (RecordDataset.where(Split.VALIDATION, entries).length > 0) {
      return entries;
    }
    var rows = RecordDataset.where(Split.TRAIN, entries);
    var parts = division.withoutTest(IntStream.of(rows).mapToObj(entries::get).toList());
    var divided = new ArrayList<>(entries);
    for (var i = 0; i < rows.length; i++) {
      divided.set(rows[i], entries.get(rows[i]).in(parts.get(i)));
    }
    return divided;
  }
}
