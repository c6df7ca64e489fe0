package org.openmargin.report.plot;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * An axis of a plot: the values it spans and the pixels it maps them to.
 *
 * @param from pixel of the smallest value
 * @param to pixel of the largest value
 * @param leastStep between two ticks; 1 for whole numbers
 */
public record Axis(String label, Range range, double from, double to, double leastStep) {

  /** An axis without a least step. */
  public Axis(String label, Range range, double from, double to) {
    this(label, range, from, to, 0);
  }

  /** The values of an axis; logarithmic ones are positive. */
  public record Range(double min, double max, boolean logarithmic) {
    public static final Range FRACTIONS = new Range(0, 1, false);

    public Range {
      if (!(min < max) || (logarithmic && min <= 0)) {
        throw new IllegalArgumentException("an axis cannot span " + min + " to " + max);
      }
    }

    /** Position of a value, from 0 (smallest) to 1 (largest); values outside are clamped. */
    double position(double value) {
      var held = Math.min(max, Math.max(min, value));
      return logarithmic ? Math.log(held / min) / Math.log(max / min) : (held - min) / (max - min);
    }
  }

  public record Tick(double pixel, String text) {}

  public double pixel(double value) {
    return from + (to - from) * range.position(value);
  }

  public List<Tick> ticks() {
    return range.logarithmic() ? decades() : steps();
  }

  private List<Tick> decades() {
    var first = (int) Math.ceil(Math.log10(range.min()) - 1e-9);
    var last = (int) Math.floor(Math.log10(range.max()) + 1e-9);
    var step = 1 + (last - first) / 8;
    var ticks = new ArrayList<Tick>();
    for (var exponent = first; exponent <= last; exponent += step) {
      var text =
          exponent >= -3 && exponent <= 3 ? Numbers.score(Math.pow(10, exponent)) : "1e" + exponent;
      ticks.add(new Tick(pixel(Math.pow(10, exponent)), text));
    }
    return ticks;
  }

  /** About five steps of 1, 2 or 5 times a power of ten. */
  private List<Tick> steps() {
    var rough = Math.max(leastStep, (range.max() - range.min()) / 5);
    var power = Math.pow(10, Math.floor(Math.log10(rough)));
    var step = power * (rough / power < 1.5 ? 1 : rough / power < 3.5 ? 2 : 5);
    var digits = (int) Math.max(0, -Math.floor(Math.log10(step) + 1e-9));
    var ticks = new ArrayList<Tick>();
    var last = (long) Math.floor(range.max() / step + 1e-9);
    for (var i = (long) Math.ceil(range.min() / step - 1e-9); i <= last; i++) {
      ticks.add(
          new Tick(pixel(i * step), String.format(Locale.ROOT, "%." + digits + "f", i * step)));
    }
    return ticks;
  }
}
