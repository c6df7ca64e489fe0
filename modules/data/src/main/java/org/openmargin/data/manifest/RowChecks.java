package org.openmargin.data.manifest;

import java.nio.file.Files;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.openmargin.data.source.Volumes;

/** Finds what is wrong between the rows of a manifest, and files that are not there. */
record RowChecks(Manifest.Settings settings, Problems problems) {

  /**
   * @param inTable whether the table itself holds the images
   */
  void check(List<ManifestRow> rows, boolean inTable) {
    if (!inTable) {
      files(rows);
      repeated(rows);
    }
    classes(rows);
    spellings(rows);
    crossing(rows);
  }

  private void files(List<ManifestRow> rows) {
    var faults =
        rows.parallelStream()
            .map(row -> fault(row).map(why -> problems.at(row.line()) + " " + why))
            .toList();
    faults.forEach(fault -> fault.ifPresent(text -> problems.add("missing files", text)));
    rows.forEach(
        row ->
            Volumes.format(row.image())
                .ifPresent(
                    format ->
                        problems.add(
                            "volumes (3-D images are not read; write their slices as PNG or TIFF files)",
                            "%s %s (%s)"
                                .formatted(problems.at(row.line()), row.entry().id(), format))));
  }

  private static Optional<String> fault(ManifestRow row) {
    var id = row.entry().id();
    if (Files.isRegularFile(row.image())) {
      return Optional.empty();
    }
    return Optional.of(
        id.contains("://")
            ? id + " (an address, not a local file)"
            : Files.isDirectory(row.image()) ? id + " (a folder)" : id);
  }

  private void repeated(List<ManifestRow> rows) {
    by(rows, ManifestRow::image)
        .forEach(
            (image, same) -> {
              if (same.size() > 1) {
                problems.add(
                    "files that occur more than once",
                    "%s (%s)".formatted(same.get(0).entry().id(), lines(same)));
              }
            });
  }

  private void classes(List<ManifestRow> rows) {
    var allowed = Set.copyOf(settings.classNames());
    if (!allowed.isEmpty()) {
      by(rows, row -> row.entry().label())
          .forEach(
              (label, same) -> {
                if (!allowed.contains(label)) {
                  problems.add(
                      "classes that class_names does not list",
                      "'%s' (%s)".formatted(label, lines(same)));
                }
              });
    }
  }

  /** Unless class_names lists both. */
  private void spellings(List<ManifestRow> rows) {
    var allowed = Set.copyOf(settings.classNames());
    var spellings = new LinkedHashMap<String, List<String>>();
    var byLabel = by(rows, row -> row.entry().label());
    for (var label : byLabel.keySet()) {
      if (!allowed.contains(label)) {
        spellings.computeIfAbsent(plain(label), p -> new ArrayList<>()).add(label);
      }
    }
    spellings.values().stream()
        .filter(same -> same.size() > 1)
        .map(
            same ->
                same.stream()
                    .map(l -> "'%s' (%s)".formatted(l, lines(byLabel.get(l))))
                    .collect(Collectors.joining(" and ")))
        .forEach(text -> problems.add("classes of several spellings", text));
  }

  /** Without what differs between spellings of one name. */
  static String plain(String label) {
    return Normalizer.normalize(label, Normalizer.Form.NFKC)
        .toLowerCase(Locale.ROOT)
        .replaceAll("[\\p{Z}\\s_-]+", " ")
        .strip();
  }

  private void crossing(List<ManifestRow> rows) {
    for (var group : CrossingRows.in(rows)) {
      if (!settings.crossing().contains(group.number())) {
        problems.add(
            "groups with images in several parts, which crossing_groups accepts by their numbers",
            "%s: %s".formatted(group.number(), group.places(problems)));
      }
    }
  }

  private static <K> Map<K, List<ManifestRow>> by(
      List<ManifestRow> rows, Function<ManifestRow, K> key) {
    return rows.stream()
        .collect(Collectors.groupingBy(key, LinkedHashMap::new, Collectors.toList()));
  }

  private String lines(List<ManifestRow> rows) {
    return problems.at(rows.stream().map(ManifestRow::line).toList());
  }
}
