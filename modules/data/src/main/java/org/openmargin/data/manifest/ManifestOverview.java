package org.openmargin.data.manifest;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.openmargin.data.DataException;
import org.openmargin.data.SplitFractions;
import org.openmargin.data.division.Division;
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
 * @param manifest the rows
 */
public record ManifestOverview(FolderOverview images, long groups, Manifest manifest) {

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
    return new ManifestOverview(images, groups, manifest);
  }

  /**
   * Validation images of each class: those given, or as a division by shares takes them, which
   * keeps groups together.
   *
   * @throws DataException if the rows cannot be divided so
   */
  public Map<String, Integer> validation(SplitFractions fractions) {
    var counts = new HashMap<String, Integer>();
    for (var row : new DividedRows(manifest, new Division(fractions)).rows()) {
      if (row.entry().split().equals(Optional.of(Split.VALIDATION))) {
        counts.merge(row.entry().label(), 1, Integer::sum);
      }
    }
    return counts;
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
