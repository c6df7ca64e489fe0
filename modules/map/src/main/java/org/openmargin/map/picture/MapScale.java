package org.openmargin.map.picture;

import java.util.List;
import java.util.function.ToDoubleFunction;
import org.openmargin.map.EmbeddingMap.Place;
import org.openmargin.report.Axis;

/** Where places of a map are in its picture; one length for both axes, so distances look true. */
record MapScale(Axis x, Axis y) {
  static final double LEFT = 64;
  static final double TOP = 96;
  static final double SIDE = 660;
  static final double RIGHT = LEFT + SIDE;
  static final double BOTTOM = TOP + SIDE;

  private static final double MARGIN = 0.04;

  static MapScale of(List<Place> places) {
    double length = Math.max(extent(places, Place::x), extent(places, Place::y));
    double half = length > 0 ? length * (0.5 + MARGIN) : 1;
    return new MapScale(
        new Axis("", around(middle(places, Place::x), half), LEFT, RIGHT),
        new Axis("", around(middle(places, Place::y), half), BOTTOM, TOP));
  }

  private static Axis.Range around(double middle, double half) {
    return new Axis.Range(middle - half, middle + half, false);
  }

  private static double extent(List<Place> places, ToDoubleFunction<Place> coordinate) {
    var statistics = places.stream().mapToDouble(coordinate).summaryStatistics();
    return statistics.getMax() - statistics.getMin();
  }

  private static double middle(List<Place> places, ToDoubleFunction<Place> coordinate) {
    var statistics = places.stream().mapToDouble(coordinate).summaryStatistics();
    return (statistics.getMax() + statistics.getMin()) / 2;
  }

  /** The frame, with numbers where the axes have names. */
  void frame(List<Mark> marks, List<String> names) {
    line(marks, LEFT, TOP, RIGHT, TOP);
    line(marks, LEFT, BOTTOM, RIGHT, BOTTOM);
    line(marks, LEFT, TOP, LEFT, BOTTOM);
    line(marks, RIGHT, TOP, RIGHT, BOTTOM);
    if (names.isEmpty()) {
      return;
    }
    for (Axis.Tick tick : x.ticks()) {
      line(marks, tick.pixel(), BOTTOM, tick.pixel(), BOTTOM + 5);
      marks.add(words(tick.pixel(), BOTTOM + 18, tick.text(), Mark.Anchor.MIDDLE));
    }
    for (Axis.Tick tick : y.ticks()) {
      line(marks, LEFT - 5, tick.pixel(), LEFT, tick.pixel());
      marks.add(words(LEFT - 8, tick.pixel() + 4, tick.text(), Mark.Anchor.END));
    }
    marks.add(words(RIGHT, BOTTOM + 34, names.get(0), Mark.Anchor.END));
    marks.add(words(LEFT, TOP - 10, names.get(1), Mark.Anchor.START));
  }

  private static void line(List<Mark> marks, double x1, double y1, double x2, double y2) {
    marks.add(new Mark.Line(x1, y1, x2, y2, Swatch.LINE));
  }

  private static Mark words(double x, double y, String words, Mark.Anchor anchor) {
    return new Mark.Words(x, y, new Mark.Text(words, 12, Mark.Style.SOFT, anchor));
  }
}
