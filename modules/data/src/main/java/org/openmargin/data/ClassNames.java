package org.openmargin.data;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.regex.Pattern;

/** What can be a class name: reports, tables and served labels tell classes apart by it alone. */
final class ClassNames {

  private static final Pattern CONTROL = Pattern.compile("[\\p{Cc}\\p{Zl}\\p{Zp}]");

  private ClassNames() {}

  /**
   * @param source what the message begins with
   * @param names in label order
   * @throws DataException listing the names that are blank, hold a line break or other control
   *     character, or are there already
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
        faults.add(
            "class %d (%s) has a line break or control character in it".formatted(id, shown));
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
