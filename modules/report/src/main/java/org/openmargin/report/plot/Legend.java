package org.openmargin.report.plot;

import java.util.ArrayList;
import java.util.List;

/**
 * Words below a plot that name what is drawn: in rows, each as wide as the plot. Widths of texts
 * are estimates on the safe side, for the largest type that the style sheet uses.
 */
public final class Legend {
  private static final double LEFT = 8;
  private static final double MARK = 30;
  private static final double GAP = 18;
  private static final double ROW = 26;
  private static final double LETTER = 8.7;

  private Legend() {}

  /** How an entry is marked. */
  public enum Mark {
    LINE,
    AREA,
    DOT
  }

  /**
   * @param style a class of the style sheet
   */
  public record Entry(Mark mark, String style, String words) {
    private double width() {
      return MARK + LETTER * words.length();
    }
  }

  /**
   * An entry with its place, px.
   *
   * @param shown the words, shortened if a row is too short for them
   */
  public record Placed(Entry entry, double left, double middle, String shown) {
    /** Where the words begin. */
    public double text() {
      return left + MARK;
    }
  }

  static List<Placed> placed(List<Entry> entries, double width, double top) {
    var placed = new ArrayList<Placed>();
    var left = LEFT;
    var middle = top + ROW / 2;
    for (var entry : entries) {
      if (left > LEFT && left + entry.width() > width) {
        left = LEFT;
        middle += ROW;
      }
      placed.add(new Placed(entry, left, middle, shown(entry, width - left)));
      left += entry.width() + GAP;
    }
    return placed;
  }

  private static String shown(Entry entry, double room) {
    var letters = (int) ((room - MARK) / LETTER);
    var words = entry.words();
    return words.length() <= letters ? words : words.substring(0, letters - 1) + "\u2026";
  }

  static double height(List<Placed> placed) {
    return placed.isEmpty()
        ? 0
        : placed.get(placed.size() - 1).middle() - placed.get(0).middle() + ROW;
  }
}
