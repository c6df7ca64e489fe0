package org.openmargin.data.records;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.openmargin.data.DataException;
import org.openmargin.data.Dataset;
import org.openmargin.data.Images;
import org.openmargin.data.LabeledImages;
import org.openmargin.data.entry.DataEntry;
import org.openmargin.data.entry.Split;
import org.openmargin.data.pixels.ImageStorage;
import org.openmargin.data.source.Duplicates;
import org.openmargin.data.source.PixelForm;
import org.openmargin.files.FileErrors;
import org.openmargin.files.Sha256;

/**
 * Records as a data set. They are read once for what they say and, unless their pixels are still at
 * hand from an earlier start, once to be decoded. The digest covers names, groups and bytes of all
 * images in order.
 *
 * @param name the data set's name in reports
 * @param place the file or folder that holds them
 * @param form of the pixels
 * @param storage keeps the decoded images
 */
public record RecordDataset(String name, Path place, PixelForm form, ImageStorage storage) {
  private static final String DECODING = "1";

  /** What the records say, without their images. */
  private record Listed(List<DataEntry> entries, List<String> contents) {}

  /**
   * Decodes all records.
   *
   * @param division gives each entry its part
   * @throws DataException if they cannot be read, or naming the images that cannot be decoded
   */
  public Dataset of(ImageRecords files, UnaryOperator<List<DataEntry>> division) {
    var records = form.allFrames() ? new EachFrame(files) : files;
    try {
      var listed = listed(records);
      var entries = division.apply(listed.entries());
      var images = images(records, listed);
      var names = records.classNames();
      var dataset =
          new Dataset(
              name,
              names,
              part(Split.TRAIN, entries, images, names),
              part(Split.VALIDATION, entries, images, names),
              part(Split.TEST, entries, images, names),
              digest(listed));
      repeated(entries, listed, names).forEach(storage.notices());
      return dataset;
    } catch (IOException e) {
      throw new DataException("%s: cannot be read: %s".formatted(place, FileErrors.reason(e)), e);
    }
  }

  private static Listed listed(ImageRecords records) throws IOException {
    var listed = new Listed(new ArrayList<>(), new ArrayList<>());
    records.forEach(
        record -> {
          listed.entries().add(record.entry());
          listed.contents().add(record.content());
        });
    return listed;
  }

  /** The rows of a part. */
  public static int[] where(Split part, List<DataEntry> entries) {
    return IntStream.range(0, entries.size())
        .filter(row -> entries.get(row).split().equals(Optional.of(part)))
        .toArray();
  }

  private Images images(ImageRecords records, Listed listed) {
    var key = "%s %s %s".formatted(form, form.shape(), DECODING);
    var origin =
        new ImageStorage.Origin(
            name,
            place.toAbsolutePath().normalize() + " " + key,
            () -> key + "\n" + String.join("\n", listed.contents()));
    var decoding = new RecordDecoding(form, storage.work(), listed.entries().size());
    var kept =
        storage.keep(
            origin, form.shape(), listed.entries().size(), sink -> decoding.fill(records, sink));
    kept.remarks().lines().forEach(line -> storage.notices().accept(name + ": " + line));
    return kept.images();
  }

  private static LabeledImages part(
      Split part, List<DataEntry> entries, Images images, List<String> names) {
    var rows = where(part, entries);
    var own = IntStream.of(rows).mapToObj(entries::get).toList();
    var grouped = own.stream().anyMatch(entry -> entry.group().isPresent());
    return new LabeledImages(
        images.select(rows),
        own.stream().mapToInt(entry -> names.indexOf(entry.label())).toArray(),
        own.stream().map(DataEntry::id).toList(),
        grouped ? own.stream().map(entry -> entry.group().orElse("")).toList() : List.of());
  }

  private List<String> repeated(List<DataEntry> entries, Listed listed, List<String> names) {
    var duplicates = new Duplicates(name);
    for (var i = 0; i < entries.size(); i++) {
      var entry = entries.get(i);
      var part = entry.split().map(Split::toString).orElse("");
      duplicates.add(listed.contents().get(i), part, names.indexOf(entry.label()), entry.id());
    }
    return duplicates.sentences();
  }

  private static String digest(Listed listed) {
    var digest = new Sha256();
    for (var i = 0; i < listed.contents().size(); i++) {
      var entry = listed.entries().get(i);
      digest.add(entry.id()).add(entry.label()).add(entry.group().orElse(""));
      digest.add(listed.contents().get(i));
    }
    return digest.hex();
  }
}
