package org.openmargin.data.manifest;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import org.openmargin.data.DataException;

/**
 * Groups whose names differ only in capitals, kinds of blanks and dashes, or leading zeros, as
 * after typing or a spreadsheet: perhaps one patient, who would then be on both sides of a
 * division. Their names are not said, but their lines.
 */
record GroupSpellings(Problems places) {
  private static final String LEADING_ZEROS = "(?<!\\d)0+(?=\\d)";

  /** A sentence, or nothing. */
  List<String> remarks(List<ManifestRow> rows) {
    var first = new LinkedHashMap<String, Long>();
    rows.forEach(row -> row.entry().group().ifPresent(g -> first.putIfAbsent(g, row.line())));
    var lines = new LinkedHashMap<String, List<Long>>();
    first.forEach(
        (group, line) -> lines.computeIfAbsent(plain(group), p -> new ArrayList<>(1)).add(line));
    var alike = lines.values().stream().filter(at -> at.size() > 1).map(places::at).toList();
    return alike.isEmpty()
        ? List.of()
        : List.of(
            "groups have several spellings, which differ in capitals, kinds of blanks and dashes, or leading zeros, and count as different groups (%d): %s; write those alike that are one patient"
                .formatted(alike.size(), DataException.shortList(alike)));
  }

  private static String plain(String group) {
    return RowChecks.plain(group).replaceAll(LEADING_ZEROS, "");
  }
}
