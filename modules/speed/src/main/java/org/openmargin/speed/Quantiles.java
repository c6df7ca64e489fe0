package org.openmargin.speed;

import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * Quantiles of measurements.
 *
 * @param sorted ascending, at least one
 */
@SuppressWarnings("ArrayRecordComponent") // many small numbers, never compared
record Quantiles(double[] sorted) {

  static Quantiles of(DoubleStream values) {
    return new Quantiles(values.sorted().toArray());
  }

  /** Ratios round by round, because a lasting load affects both sides alike. */
  static <T> Quantiles ofRatios(List<T> ours, List<T> others, ToDoubleFunction<T> value) {
    return of(
        IntStream.range(0, ours.size())
            .mapToDouble(
                i -> value.applyAsDouble(ours.get(i)) / value.applyAsDouble(others.get(i))));
  }

  /**
   * @param share 0 to 1; interpolates linearly between measurements
   */
  double at(double share) {
    var at = share * (sorted.length - 1);
    var below = (int) at;
    var above = Math.min(below + 1, sorted.length - 1);
    return sorted[below] + (at - below) * (sorted[above] - sorted[below]);
  }

  double median() {
    return at(0.5);
  }

  /** {@code median 1.000 (quartiles 0.990, 1.010)}. */
  @Override
  public String toString() {
    return "median %.3f (quartiles %.3f, %.3f)".formatted(median(), at(0.25), at(0.75));
  }
}
