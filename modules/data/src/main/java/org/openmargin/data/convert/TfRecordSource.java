package org.openmargin.data.convert;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.openmargin.data.DataException;
import org.openmargin.data.DataSource;
import org.openmargin.data.Dataset;
import org.openmargin.data.Images;
import org.openmargin.data.LabeledImages;
import org.openmargin.data.division.Division;
import org.openmargin.data.entry.DataEntry;
import org.openmargin.data.entry.Split;
import org.openmargin.data.pixels.ImageStorage;
import org.openmargin.data.source.PixelForm;
import org.openmargin.files.FileErrors;
import org.openmargin.files.PathHints;
import org.openmargin.files.Sha256;

/**
 * TFRecord files as a data set, divided as the names of the files say; without validation images,
 * some are taken from the training part. The digest covers names, groups and bytes of all images in
 * order.
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
  private static final String DECODING = "1";

  /** What the records say, without their images. */
  private record Listed(List<DataEntry> entries, List<String> digests) {}

  /**
   * Reads all records.
   *
   * @throws DataException if there is no such file, one is damaged, training or test images are
   *     missing, or naming the images that cannot be decoded
   */
  @Override
  public Dataset load() {
    try {
      var records = TfRecordFiles.of(files());
      var listed = listed(records);
      var entries = divided(listed.entries());
      var images = images(records, listed);
      var names = records.classNames();
      return new Dataset(
          name,
          names,
          part(Split.TRAIN, entries, images, names),
          part(Split.VALIDATION, entries, images, names),
          part(Split.TEST, entries, images, names),
          digest(listed));
    } catch (IOException e) {
      throw new DataException("%s: cannot be read: %s".formatted(path, FileErrors.reason(e)), e);
    }
  }

  private List<Path> files() {
    if (!Files.exists(path)) {
      throw new DataException(
          path + ": no such file or folder of TFRecord files" + PathHints.missing(path));
    }
    var files = Files.isDirectory(path) ? TfRecordFiles.in(path) : List.of(path);
    if (files.isEmpty()) {
      throw new DataException(
          path
              + ": no TFRecord file in it; their names begin with their part, such as train.tfrecord or test-00000-of-00004");
    }
    return files;
  }

  private static Listed listed(TfRecordFiles records) throws IOException {
    var listed = new Listed(new ArrayList<>(), new ArrayList<>());
    records.forEach(
        record -> {
          listed.entries().add(record.entry());
          listed.digests().add(new Sha256().add(record.encoded().toByteArray()).hex());
        });
    return listed;
  }

  private List<DataEntry> divided(List<DataEntry> entries) {
    for (var part : List.of(Split.TRAIN, Split.TEST)) {
      if (where(part, entries).length == 0) {
        throw new DataException("%s: no image is in the part '%s'".formatted(path, part));
      }
    }
    if (where(Split.VALIDATION, entries).length > 0) {
      return entries;
    }
    var rows = where(Split.TRAIN, entries);
    var parts = division.withoutTest(IntStream.of(rows).mapToObj(entries::get).toList());
    var divided = new ArrayList<>(entries);
    for (var i = 0; i < rows.length; i++) {
      divided.set(rows[i], entries.get(rows[i]).in(parts.get(i)));
    }
    return divided;
  }

  private static int[] where(Split part, List<DataEntry> entries) {
    return IntStream.range(0, entries.size())
        .filter(row -> entries.get(row).split().equals(Optional.of(part)))
        .toArray();
  }

  private Images images(TfRecordFiles records, Listed listed) {
    var key = "%s %s %s".formatted(form, form.shape(), DECODING);
    var origin =
        new ImageStorage.Origin(
            name,
            path.toAbsolutePath().normalize() + " " + key,
            () -> key + "\n" + String.join("\n", listed.digests()));
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

  private static String digest(Listed listed) {
    var digest = new Sha256();
    for (var i = 0; i < listed.digests().size(); i++) {
      var entry = listed.entries().get(i);
      digest.add(entry.id()).add(entry.label()).add(entry.group().orElse(""));
      digest.add(listed.digests().get(i));
    }
    return digest.hex();
  }
}
