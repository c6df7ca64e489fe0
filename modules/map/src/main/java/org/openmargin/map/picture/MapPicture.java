package org.openmargin.map.picture;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import org.openmargin.map.EmbeddingMap.Place;
import org.openmargin.map.MapItem;
import org.openmargin.map.MapItem.Role;
import org.openmargin.report.Numbers;

/**
 * A map of embeddings as a picture: points left, legend right. Both directions have one scale.
 *
 * @param words around the points
 * @param items what lies on it
 * @param places where, one per item
 */
record MapPicture(Words words, List<MapItem> items, List<Place> places) {
  private static final double LEGEND = MapScale.RIGHT + 28;
  private static final int WIDTH = 1040;
  private static final int LEAST_HEIGHT = (int) MapScale.BOTTOM + 64;

  /**
   * @param title what it shows
   * @param subtitle how it was made
   * @param axes names of the two axes, which then have numbers; empty for axes without a meaning
   * @param note below
   */
  record Words(String title, String subtitle, List<String> axes, String note) {}

  Picture picture() {
    ClassLooks looks = ClassLooks.of(items);
    List<Mark> marks = new ArrayList<>();
    marks.add(text(MapScale.LEFT, 36, words.title(), 20, Mark.Style.STRONG));
    marks.add(text(MapScale.LEFT, 60, words.subtitle(), 13, Mark.Style.SOFT));
    marks.add(text(MapScale.LEFT, MapScale.BOTTOM + 52, words.note(), 12, Mark.Style.SOFT));
    MapScale scale = MapScale.of(places);
    scale.frame(marks, words.axes());
    dots(marks, scale, looks);
    MapLegend legend = new MapLegend(items, looks);
    double end = legend.draw(marks, LEGEND, MapScale.TOP + 12);
    return new Picture(words.title(), WIDTH, Math.max(LEAST_HEIGHT, (int) end + 24), marks);
  }

  private void dots(List<Mark> marks, MapScale scale, ClassLooks looks) {
    int[] ranks = ranks();
    // Known below unknown below prototypes; in turns within each, so that no class hides others.
    IntStream.range(0, items.size())
        .boxed()
        .sorted(
            Comparator.comparing((Integer i) -> items.get(i).role()).thenComparing(i -> ranks[i]))
        .forEach(
            i ->
                marks.add(
                    new Mark.Dot(
                        scale.x().pixel(places.get(i).x()),
                        scale.y().pixel(places.get(i).y()),
                        looks.of(items.get(i)),
                        hint(items.get(i)))));
  }

  /** The how-manieth of its class each item is. */
  private int[] ranks() {
    Map<String, Integer> seen = new HashMap<>();
    return items.stream().mapToInt(i -> seen.merge(i.className(), 1, Integer::sum)).toArray();
  }

  private static String hint(MapItem item) {
    String what =
        item.role() == Role.PROTOTYPE
            ? "prototype of " + item.className()
            : "%s: %s (%s)".formatted(item.id(), item.className(), item.role().text());
    return item.answer()
        .map(
            a ->
                String.format(
                    Locale.ROOT,
                    "%s; predicted %s, unknown score %s",
                    what,
                    a.prediction(),
                    Numbers.score(a.unknownScore())))
        .orElse(what);
  }

  static Mark text(double x, double y, String words, double sizePx, Mark.Style style) {
    return new Mark.Words(x, y, new Mark.Text(words, sizePx, style, Mark.Anchor.START));
  }
}
