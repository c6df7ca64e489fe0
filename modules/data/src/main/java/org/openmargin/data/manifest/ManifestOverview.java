package org.openmargin.data.manifest;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.openmargin.data.DataException;
import org.openmargin.data.entry.Split;
import org.openmargin.data.records.RecordOverview;
import org.openmargin.data.source.FileParts;
import org.openmargin.data.source.FolderOverview;
import org.openmargin.data.source.LabeledFile;

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
        manifest.rows().stream()
            .map(row -> row.entry().group())
            .flatMap(Optional::stream)
            .distinct()
            .count();
    var images =
        manifest.embedded().isPresent()
            ? new RecordOverview(file, manifest.records(manifest.rows(), manifest.labels())).read()
            : ofFiles(manifest);
    return new ManifestOverview(images, groups);
  }

  private static FolderOverview ofFiles(Manifest manifest) {
    var names = manifest.labels();
    var files =
        manifest.rows().stream()
            .map(
                row ->
                    new LabeledFile(
                        row.image(), row.entry().id(), names.indexOf(row.entry().label()), ""))
            .toList();
    return FolderOverview.of(
        new FileParts(names, files, List.of(), List.of()),
        has(manifest, Split.TEST),
        has(manifest, Split.VALIDATION),
        Optional.empty());
  }

  private static boolean has(Manifest manifest, Split part) {
    return manifest.rows().stream()
        .map(row -> row.entry().split())
        .anyMatch(Optional.of(part)::equals);
  }
}
