package org.openmargin.data.manifest;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.openmargin.data.DataException;
import org.openmargin.data.entry.Split;
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
    var names = manifest.labels();
    var files =
        manifest.rows().stream()
            .map(
                row ->
                    new LabeledFile(
                        row.image(), row.entry().id(), names.indexOf(row.entry().label()), ""))
            .toList();
    var groups =
        manifest.rows().stream()
            .map(row -> row.entry().group())
            .flatMap(Optional::stream)
            .distinct()
            .count();
    var parts = new FileParts(names, files, List.of(), List.of());
    var test = has(manifest, Split.TEST);
    var validation = has(manifest, Split.VALIDATION);
    return new ManifestOverview(
        FolderOverview.of(parts, test, validation, Optional.empty()), groups);
  }

  private static boolean has(Manifest manifest, Split part) {
    return manifest.rows().stream()
        .map(row -> row.entry().split())
        .anyMatch(Optional.of(part)::equals);
  }
}
