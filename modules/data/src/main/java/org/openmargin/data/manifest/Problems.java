package org.openmargin.data.manifest;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.openmargin.data.DataException;

/** Collects what is wrong with a manifest, by kind, to say it all at once. */
final class Problems {
  private static final int SHOWN = 10;

  private final Path file;
  private final Map<String, List<String>> kinds = new LinkedHashMap<>();

  Problems(Path file) {
    this.file = file;
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
