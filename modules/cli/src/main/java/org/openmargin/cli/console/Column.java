package org.openmargin.cli.console;

import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A column of a text table.
 *
 * @param <T> what a row shows
 * @param left whether it is left-aligned
 */
public record Column<T>(String title, boolean left, Function<T, String> cell) {
  private static final int WIDEST_NAME = 40;

  /** Left-aligned names; long ones are shortened. */
  public static <T> Column<T> name(String title, Function<T, String> name) {
    return new Column<>(title, true, row -> shortened(name.apply(row)));
  }

  public static <T> Column<T> figure(String title, String format, Function<T, Double> value) {
    return new Column<>(title, false, row -> String.format(Locale.ROOT, format, value.apply(row)));
  }

  /** The title line, then a line per row. */
  public static <T> List<String> lines(List<Column<T>> columns, List<T> rows) {
    var cells = columns.stream().map(column -> column.aligned(rows)).toList();
    return IntStream.rangeClosed(0, rows.size())
        .mapToObj(i -> cells.stream().map(c -> c.get(i)).collect(Collectors.joining("  ")))
        .toList();
  }

  private List<String> aligned(List<T> rows) {
    var cells = Stream.concat(Stream.of(title), rows.stream().map(cell)).toList();
    var width = cells.stream().mapToInt(String::length).max().orElseThrow();
    return cells.stream()
        .map(
            text -> {
              var blanks = " ".repeat(width - text.length());
              return left ? text + blanks : blanks + text;
            })
        .toList();
  }

  private static String shortened(String name) {
    return name.isEmpty() ? "(none)" : shortened(name, WIDEST_NAME);
  }

  /** The end of a long name says more than its beginning. */
  public static String shortened(String name, int widest) {
    return name.length() <= widest ? name : "..." + name.substring(name.length() - widest + 3);
  }
}
