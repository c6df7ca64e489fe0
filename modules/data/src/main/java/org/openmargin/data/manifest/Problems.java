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
  private final String counted;
  private final Map<String, List<String>> kinds = new LinkedHashMap<>();

  /**
   * @param counted what rows are counted in, such as {@code line}
   */
  Problems(Path file, String counted) {
    this.file = file;
    this.counted = counted;
  }

  /** Such as {@code line 7}. */
  String at(long line) {
    return counted + " " + line;
  }

  /** Such as {@code lines 7, 9}; up to three are named. */
  String at(List<Long> lines) {
    var shown = lines.stream().limit(3).map(line -> Long.toString(line));
    return (lines.size() == 1 ? counted + " " : counted + "s ")
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
    throw new DataException(lines.toString());
  }
}
