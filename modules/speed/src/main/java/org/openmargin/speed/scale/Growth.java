package org.openmargin.speed.scale;

import java.util.Arrays;
import java.util.Locale;
import java.util.function.IntToDoubleFunction;
import java.util.stream.Collectors;
import org.openmargin.speed.scale.Slope.Point;

/**
 * What grows with a size, and by how much.
 *
 * @param what is measured
 * @param unit of the cost
 * @param sizes small ones, ascending, to measure at
 * @param target the size of interest
 * @param cost at a size
 */
@SuppressWarnings("ArrayRecordComponent") // a few numbers, never compared
record Growth(String what, String unit, int[] sizes, double target, IntToDoubleFunction cost) {
  private static final int ROUNDS = 3;

  /** Measures, and says the line and its value at the target in a row of a table. */
  String row() {
    var points = Arrays.stream(sizes).mapToObj(size -> new Point(size, least(size))).toList();
    var slope = Slope.of(points);
    var measured =
        points.stream()
            .map(p -> text("%,.0f: %.3g", p.size(), p.cost()))
            .collect(Collectors.joining("; "));
    return text(
        "| %s, %s | %s | %.3g | %,.0f: %.3g |",
        what, unit, measured, slope.each() * 1e6, target, slope.at(target));
  }

  /** The least of some rounds: other programs only add, and so does the first use of code. */
  private double least(int size) {
    var least = Double.POSITIVE_INFINITY;
    for (var round = 0; round < ROUNDS; round++) {
      least = Math.min(least, cost.applyAsDouble(size));
    }
    return least;
  }

  private static String text(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}
