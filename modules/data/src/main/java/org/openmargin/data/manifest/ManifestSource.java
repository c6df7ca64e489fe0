package org.openmargin.data.manifest;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.openmargin.data.DataException;
import org.openmargin.data.DataSource;
import org.openmargin.data.Dataset;
import org.openmargin.data.FileFacts;
import org.openmargin.data.ImageSizes;
import org.openmargin.data.division.Division;
import org.openmargin.data.entry.Split;
import org.openmargin.data.pixels.ImageStorage;
import org.openmargin.data.records.ImageRecords;
import org.openmargin.data.records.RecordDataset;
import org.openmargin.data.records.RecordFacts;
import org.openmargin.data.source.FileDataset;
import org.openmargin.data.source.FileHeads;
import org.openmargin.data.source.FileParts;
import org.openmargin.data.source.LabeledFile;
import org.openmargin.data.source.PixelForm;

/**
 * The images of a {@link Manifest}. A column of parts divides them; without validation images, some
 * are taken from the training part. Without such a column they are divided. Groups stay together,
 * always.
 *
 * @param path the manifest
 * @param name the data set's name in reports
 * @param settings how it is read and divided
 * @param storage keeps the decoded images
 */
public record ManifestSource(Path path, String name, Settings settings, ImageStorage storage)
    implements DataSource {

  /**
   * @param manifest columns and classes
   * @param form of the pixels
   * @param division of images that no column divides, given the names of all classes
   */
  public record Settings(Manifest.Settings manifest, PixelForm form, Dividing division) {}

  /** A division, which may depend on the classes that there are. */
  @FunctionalInterface
  public interface Dividing {
    Division of(List<String> classNames);
  }

  /**
   * Reads all files.
   *
   * @throws DataException listing all that is wrong with the manifest; if it cannot be divided; or
   *     naming the files that cannot be decoded
   */
  @Override
  public Dataset load() {
    var manifest = read();
    manifest.remarks().stream().map(remark -> name + ": " + remark).forEach(storage.notices());
    return manifest.embedded().isEmpty()
        ? new FileDataset(name, path, settings.form(), storage).of(images(manifest))
        : new RecordDataset(name, path, settings.form(), storage)
            .of(records(manifest), UnaryOperator.identity());
  }

  @Override
  public Optional<ImageSizes> trainingSizes() {
    var manifest = read();
    return manifest.embedded().isEmpty()
        ? FileDataset.sizes(parts(manifest).train())
        : new RecordFacts(path, records(manifest)).trainingSizes();
  }

  @Override
  public Map<String, FileFacts> fileFacts() {
    var manifest = read();
    return manifest.embedded().isEmpty()
        ? FileHeads.of(images(manifest).files())
        : new RecordFacts(path, records(manifest)).byId();
  }

  @Override
  public List<CrossingGroup> crossingGroups() {
    return Manifest.crossingGroups(path, settings.manifest());
  }

  @Override
  public ManifestSource acceptingCrossingGroups() {
    var manifest = settings.manifest().accepting(crossingGroups());
    return new ManifestSource(
        path, name, new Settings(manifest, settings.form(), settings.division()), storage);
  }

  private Manifest read() {
    return Manifest.read(path, settings.manifest());
  }

  private FileParts images(Manifest manifest) {
    var parts = parts(manifest);
    return settings.form().allFrames() ? parts.eachFrame() : parts;
  }

  private ImageRecords records(Manifest manifest) {
    var names = names(manifest);
    return manifest.records(divided(manifest, names), names);
  }

  private List<String> names(Manifest manifest) {
    var given = settings.manifest().classNames();
    return given.isEmpty() ? manifest.labels() : given;
  }

  private FileParts parts(Manifest manifest) {
    var names = names(manifest);
    var divided = divided(manifest, names);
    return new FileParts(
        names,
        files(divided, Split.TRAIN, names),
        files(divided, Split.VALIDATION, names),
        files(divided, Split.TEST, names));
  }

  private List<ManifestRow> divided(Manifest manifest, List<String> names) {
    try {
      return new DividedRows(manifest, settings.division().of(names)).rows();
    } catch (DataException e) {
      throw new DataException(path + ": " + e.getMessage(), e);
    }
  }

  private static List<LabeledFile> files(List<ManifestRow> rows, Split part, List<String> names) {
    var files = new ArrayList<LabeledFile>();
    for (var row : rows) {
      var entry = row.entry();
      if (entry.split().equals(Optional.of(part))) {
        files.add(
            new LabeledFile(
                row.image(), entry.id(), names.indexOf(entry.label()), entry.group().orElse("")));
      }
    }
    return List.copyOf(files);
  }
}
