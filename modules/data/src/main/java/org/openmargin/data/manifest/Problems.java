package org.openmargin.data.manifest;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.openmargin.data.DataException;

/** Collects what is wrong with a manifest, by kind, to say it all at once. */
final class Problems {
  private static final int SHOWN = 10;

  private final Path file;
  private final Table.Kind kind;
  private final Map<String, List<String>> kinds = new LinkedHashMap<>();

  Problems(Path file, Table.Kind kind) {
    this.file = file;
    this.kind = kind;
  }

  /** Such as {@code line 7}. */
  String at(long line) {
    return kind.counted() + " " + line;
  }

  /** Such as {@code lines 7, 9}; up to three are named. */
  String at(List<Long> lines) {
    var shown = lines.stream().limit(3).map(line -> Long.toString(line));
    return (lines.size() == 1 ? kind.counted() + " " : kind.counted() + "s ")
        + shown.collect(Collectors.joining(", "))
        + (lines.size() > 3 ? String.format(Locale.ROOT, " and %,d more", lines.size() - 3) : "");
  }

  /**
   * @param kind what the problems have in common, in the plural
   * @param text one of them, with its line
   */
  void add(String kind, String text) {
    kinds.computeIfAbsent(kind, k -> new ArrayList<>()).add(text);
  }

  /**
   * @throws DataException with a line for each kind, naming up to ten of its problems
   */
  void mustBeNone() {
    if (kinds.isEmpty()) {
      return;
    }
    var lines = new StringBuilder(file + ": the manifest cannot be used:");
    kinds.forEach(
        (kind, all) -> {
          var shown = String.join("; ", all.subList(0, Math.min(SHOWN, all.size())));
          var more =
              all.size() > SHOWN
                  ? String.format(Locale.ROOT, "; and %,d more", all.size() - SHOWN)
                  : "";
          lines.append(
              String.format(Locale.ROOT, "\n  %s (%,d): %s%s", kind, all.size(), shown, more));
        });
    if (!kind.leftOut().isEmpty()) {
      lines.append("\n  columns that are not read: ").append(String.join(", ", kind.leftOut()));
    }
    throw new DataException(lines.toString());
  }
}
