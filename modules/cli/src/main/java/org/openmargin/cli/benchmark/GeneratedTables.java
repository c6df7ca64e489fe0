package org.openmargin.cli.benchmark;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.openmargin.experiment.folder.RunException;

/**
 * Text with generated tables, each between two lines:
 *
 * <pre>{@code
 * <!-- generated: benchmark report plan.textproto -->
 * <!-- end -->
 * }</pre>
 *
 * @param file named in messages
 */
record GeneratedTables(Path file, List<String> lines) {
  private static final Pattern START = Pattern.compile("<!-- generated: benchmark report (.+) -->");

  private static final String END = "<!-- end -->";

  GeneratedTables {
    lines = List.copyOf(lines);
  }

  /**
   * The same text with every table generated again.
   *
   * @param table prints one, given the arguments of {@code benchmark report}
   * @throws RunException if a table has no end, or if there are no tables
   */
  GeneratedTables renewed(Function<List<String>, List<String>> table) {
    var renewed = new ArrayList<String>();
    var tables = 0;
    for (var i = 0; i < lines.size(); i++) {
      renewed.add(lines.get(i));
      var start = START.matcher(lines.get(i));
      if (start.matches()) {
        i = end(i);
        renewed.add("");
        renewed.addAll(table.apply(List.of(start.group(1).split(" +"))));
        renewed.add("");
        renewed.add(END);
        tables++;
      }
    }
    if (tables == 0) {
      throw new RunException(file + ": no line <!-- generated: benchmark report PLAN ... -->");
    }
    return new GeneratedTables(file, renewed);
  }

  /** Index of the last line of the table that starts at {@code start}. */
  private int end(int start) {
    var length = lines.subList(start, lines.size()).indexOf(END);
    if (length < 0) {
      throw new RunException("%s: line %d: no %s after this line".formatted(file, start + 1, END));
    }
    return start + length;
  }
}
