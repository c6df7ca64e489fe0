package org.openmargin.data;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.regex.Pattern;

/** Checks class names: reports, tables and served labels tell classes apart by name alone. */
final class ClassNames {

  private static final Pattern CONTROL = Pattern.compile("[\\p{Cc}\\p{Zl}\\p{Zp}]");

  private ClassNames() {}

  /**
   * @param source begins the message
   * @param names in label order
   * @throws DataException listing all names that are blank, duplicates, or contain a line break or
   *     other control character
   */
  static void mustBeUsable(String source, List<String> names) {
    var faults = new ArrayList<String>();
    var seen = new HashMap<String, Integer>();
    for (int id = 0; id < names.size(); id++) {
      var name = names.get(id);
      var first = seen.putIfAbsent(name, id);
      if (name.isBlank()) {
        faults.add("class %d has no name".formatted(id));
      } else if (CONTROL.matcher(name).find()) {
        var shown = CONTROL.matcher(name).replaceAll("?");
        faults.add("class %d (%s) contains a line break or control character".formatted(id, shown));
      } else if (first != null) {
        faults.add("classes %d and %d are both named %s".formatted(first, id, name));
      }
    }
    if (!faults.isEmpty()) {
      throw new DataException(
          "%s: every class needs a unique name on one line, but %s"
              .formatted(source, DataException.shortList(faults)));
    }
  }
}
