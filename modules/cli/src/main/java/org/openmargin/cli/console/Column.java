package org.openmargin.cli.console;

import java.util.Collections;
import java.util.Comparator;
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
  private static final int NARROWEST = 12;

  /** Left-aligned names; long ones are shortened. */
  public static <T> Column<T> name(String title, Function<T, String> name) {
    return new Column<>(title, true, row -> shortened(name.apply(row)));
  }

  public static <T> Column<T> figure(String title, String format, Function<T, Double> value) {
    return new Column<>(title, false, row -> String.format(Locale.ROOT, format, value.apply(row)));
  }

  /** The title line, then a line per row. */
  public static <T> List<String> lines(List<Column<T>> columns, List<T> rows) {
    return lines(columns, rows, Integer.MAX_VALUE);
  }

  /**
   * The same on a terminal: the widest names are shortened until a line fits.
   *
   * @param widest characters that a line may have
   */
  public static <T> List<String> lines(List<Column<T>> columns, List<T> rows, int widest) {
    var widths = columns.stream().mapToInt(column -> column.width(rows)).toArray();
    var names =
        IntStream.range(0, widths.length).filter(i -> columns.get(i).left()).boxed().toList();
    while (IntStream.of(widths).sum() + 2 * (widths.length - 1) > widest && !names.isEmpty()) {
      var longest = Collections.max(names, Comparator.comparingInt(i -> widths[i]));
      if (widths[longest] <= NARROWEST) {
        break;
      }
      widths[longest]--;
    }
    return IntStream.rangeClosed(0, rows.size())
        .mapToObj(
            row ->
                IntStream.range(0, widths.length)
                    .mapToObj(i -> columns.get(i).aligned(rows, row, widths[i]))
                    .collect(Collectors.joining("  ")))
        .toList();
  }

  private int width(List<T> rows) {
    return Stream.concat(Stream.of(title), rows.stream().map(cell))
        .mapToInt(String::length)
        .max()
        .orElseThrow();
  }

  /** The title is row 0. */
  private String aligned(List<T> rows, int row, int width) {
    var text = shortened(row == 0 ? title : cell.apply(rows.get(row - 1)), width);
    var blanks = " ".repeat(width - text.length());
    return left ? text + blanks : blanks + text;
  }

  private static String shortened(String name) {
    return name.isEmpty() ? "(none)" : shortened(name, WIDEST_NAME);
  }

  /** The end of a long name says more than its beginning; what a terminal obeys is replaced. */
  public static String shortened(String text, int widest) {
    var name = Printable.cell(text);
    return name.length() <= widest ? name : "..." + name.substring(name.length() - widest + 3);
  }
}
