package org.openmargin.map.picture;

import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.openmargin.map.EmbeddingMap.Place;
import org.openmargin.map.picture.Canvas.Anchor;
import org.openmargin.map.picture.Canvas.TextStyle;
import org.openmargin.report.plot.Axis;

/** Scales a map to its picture; both axes share one scale, which keeps distances true. */
record MapScale(Axis x, Axis y) {
  static final double LEFT = 64;
  static final double TOP = 96;
  static final double SIDE = 660;
  static final double RIGHT = LEFT + SIDE;
  static final double BOTTOM = TOP + SIDE;

  private static final double MARGIN = 0.04;
  private static final TextStyle TEXT = TextStyle.soft(12);

  static MapScale of(List<Place> places) {
    var xs = statistics(places, Place::x);
    var ys = statistics(places, Place::y);
    var length = Math.max(xs.getMax() - xs.getMin(), ys.getMax() - ys.getMin());
    var half = length > 0 ? length * (0.5 + MARGIN) : 1;
    return new MapScale(
        new Axis("", around(xs, half), LEFT, RIGHT), new Axis("", around(ys, half), BOTTOM, TOP));
  }

  private static Axis.Range around(DoubleSummaryStatistics values, double half) {
    var middle = (values.getMax() + values.getMin()) / 2;
    return new Axis.Range(middle - half, middle + half, false);
  }

  private static DoubleSummaryStatistics statistics(
      List<Place> places, ToDoubleFunction<Place> of) {
    return places.stream().mapToDouble(of).summaryStatistics();
  }

  /** Draws the frame, with numbers on named axes. */
  void frame(Canvas canvas, List<String> names) {
    canvas.line(LEFT, TOP, RIGHT, TOP);
    canvas.line(LEFT, BOTTOM, RIGHT, BOTTOM);
    canvas.line(LEFT, TOP, LEFT, BOTTOM);
    canvas.line(RIGHT, TOP, RIGHT, BOTTOM);
    if (names.isEmpty()) {
      return;
    }
    for (var tick : x.ticks()) {
      canvas.line(tick.pixel(), BOTTOM, tick.pixel(), BOTTOM + 5);
      canvas.text(tick.pixel(), BOTTOM + 18, tick.text(), TEXT.at(Anchor.MIDDLE));
    }
    for (var tick : y.ticks()) {
      canvas.line(LEFT - 5, tick.pixel(), LEFT, tick.pixel());
      canvas.text(LEFT - 8, tick.pixel() + 4, tick.text(), TEXT.at(Anchor.END));
    }
    canvas.text(RIGHT, BOTTOM + 34, names.get(0), TEXT.at(Anchor.END));
    canvas.text(LEFT, TOP - 10, names.get(1), TEXT);
  }
}
