package org.openmargin.map.picture;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.openmargin.map.EmbeddingMap.Place;
import org.openmargin.map.MapItem;
import org.openmargin.map.MapItem.Role;
import org.openmargin.map.picture.Canvas.TextStyle;
import org.openmargin.report.plot.Numbers;

/**
 * A map of embeddings as a picture: points left, legend right. Both axes share one scale.
 *
 * @param places one per item
 */
record MapPicture(Words words, List<MapItem> items, List<Place> places) {
  static final int WIDTH = 1040;
  private static final int LEAST_HEIGHT = (int) MapScale.BOTTOM + 64;

  /**
   * @param subtitle how the map was made
   * @param axes names of the two axes, which then get numbers; empty for meaningless axes
   * @param note below the points
   */
  record Words(String title, String subtitle, List<String> axes, String note) {}

  int height() {
    return Math.max(LEAST_HEIGHT, (int) legend().bottom() + 24);
  }

  private MapLegend legend() {
    return new MapLegend(items, ClassSymbols.of(items));
  }

  void draw(Canvas canvas) {
    canvas.text(MapScale.LEFT, 36, words.title(), TextStyle.bold(20));
    canvas.text(MapScale.LEFT, 60, words.subtitle(), TextStyle.soft(13));
    canvas.text(MapScale.LEFT, MapScale.BOTTOM + 52, words.note(), TextStyle.soft(12));
    var scale = MapScale.of(places);
    scale.frame(canvas, words.axes());
    points(canvas, scale);
    legend().draw(canvas);
  }

  private void points(Canvas canvas, MapScale scale) {
    var symbols = ClassSymbols.of(items);
    var ranks = ranks();
    // Known, then unknown, then prototypes on top; classes take turns, so none hides the others.
    IntStream.range(0, items.size())
        .boxed()
        .sorted(
            Comparator.comparing((Integer i) -> items.get(i).role()).thenComparing(i -> ranks[i]))
        .forEach(
            i -> {
              var x = scale.x().pixel(places.get(i).x());
              var y = scale.y().pixel(places.get(i).y());
              canvas.point(x, y, symbols.of(items.get(i)), hint(items.get(i)));
            });
  }

  /** Number of each item within its class. */
  private int[] ranks() {
    var seen = new HashMap<String, Integer>();
    return items.stream().mapToInt(i -> seen.merge(i.className(), 1, Integer::sum)).toArray();
  }

  private static String hint(MapItem item) {
    var what =
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
}
