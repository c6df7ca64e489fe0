package org.openmargin.data.manifest;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.openmargin.data.DataSource.CrossingGroup;
import org.openmargin.data.entry.Split;
import org.openmargin.files.Sha256;

/**
 * The rows of a group with images in several parts of a given division.
 *
 * @param parts where they are
 */
record CrossingRows(String group, Map<Optional<Split>, List<ManifestRow>> parts) {
  private static final int NUMBER_DIGITS = 12;

  /** All such groups, in the order of the rows. */
  static List<CrossingRows> in(List<ManifestRow> rows) {
    var groups = new LinkedHashMap<String, Map<Optional<Split>, List<ManifestRow>>>();
    for (var row : rows) {
      row.entry()
          .group()
          .ifPresent(
              group ->
                  groups
                      .computeIfAbsent(group, g -> new LinkedHashMap<>())
                      .computeIfAbsent(row.entry().split(), s -> new ArrayList<>())
                      .add(row));
    }
    return groups.entrySet().stream()
        .filter(group -> group.getValue().size() > 1)
        .map(group -> new CrossingRows(group.getKey(), group.getValue()))
        .toList();
  }

  /** Twelve digits of a digest of its images' names: a group may be called after a patient. */
  String number() {
    var digest = new Sha256();
    parts.values().stream()
        .flatMap(List::stream)
        .map(row -> row.entry().id())
        .sorted()
        .forEach(digest::add);
    return digest.hex().substring(0, NUMBER_DIGITS);
  }

  CrossingGroup acceptedBy(List<String> numbers) {
    return new CrossingGroup(group, number(), numbers.contains(number()));
  }

  /** Which lines are in which part. */
  String places(Problems problems) {
    return parts.entrySet().stream()
        .filter(part -> part.getKey().isPresent())
        .map(
            part ->
                "%s %s"
                    .formatted(
                        part.getKey().orElseThrow(),
                        problems.at(part.getValue().stream().map(ManifestRow::line).toList())))
        .collect(Collectors.joining(", "));
  }
}
