package org.openmargin.data.manifest;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.openmargin.data.DataException;
import org.openmargin.data.Images;
import org.openmargin.data.entry.Split;
import org.openmargin.data.records.EvenSample;
import org.openmargin.data.records.ImageRecord;
import org.openmargin.data.source.FolderOverview;
import org.openmargin.data.source.ImageFiles;
import org.openmargin.files.FileErrors;

/**
 * What a manifest with usual columns lists.
 *
 * @param images counted and measured
 * @param groups number of groups; 0 if no column names any
 */
public record ManifestOverview(FolderOverview images, long groups) {

  /**
   * @throws DataException as {@link Manifest#read} does, or if a sampled image cannot be decoded
   */
  public static ManifestOverview of(Path file) {
    var manifest = Manifest.read(file, Manifest.Settings.USUAL);
    var groups =
        manifest.entries().stream()
            .map(entry -> entry.group())
            .flatMap(Optional::stream)
            .distinct()
            .count();
    return new ManifestOverview(
        FolderOverview.of(
            counts(manifest),
            has(manifest, Split.TEST),
            has(manifest, Split.VALIDATION),
            sample(manifest),
            Optional.empty()),
        groups);
  }

  private static Map<String, Integer> counts(Manifest manifest) {
    var counts = new LinkedHashMap<String, Integer>();
    manifest.labels().forEach(label -> counts.put(label, 0));
    manifest.entries().forEach(entry -> counts.merge(entry.label(), 1, Integer::sum));
    return counts;
  }

  /** Files are opened only if they are decoded; of a table that holds them, all are passed by. */
  private static List<Images> sample(Manifest manifest) {
    var sample = new EvenSample<Images>(FolderOverview.SAMPLE);
    if (manifest.embedded().isEmpty()) {
      manifest
          .rows()
          .forEach(row -> sample.offer(() -> Optional.of(ImageFiles.decode(row.image(), 3))));
      return sample.all();
    }
    try {
      manifest
          .records(manifest.rows(), manifest.labels())
          .forEach(record -> sample.offer(() -> Optional.of(decoded(record))));
    } catch (IOException e) {
      throw new DataException(
          "%s: cannot be read: %s".formatted(manifest.file(), FileErrors.reason(e)), e);
    }
    return sample.all();
  }

  private static Images decoded(ImageRecord record) {
    try {
      return ImageFiles.decode(record.encoded().toByteArray(), 3);
    } catch (DataException e) {
      throw new DataException("%s: %s".formatted(record.entry().id(), e.getMessage()), e);
    }
  }

  private static boolean has(Manifest manifest, Split part) {
    return manifest.entries().stream()
        .map(entry -> entry.split())
        .anyMatch(Optional.of(part)::equals);
  }
}
