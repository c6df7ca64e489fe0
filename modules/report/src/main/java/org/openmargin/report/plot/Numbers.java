package org.openmargin.report.plot;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import org.openmargin.scoring.metric.Interval;

/** Formats numbers for people, the same in every locale. */
public final class Numbers {
  private static final String NARROW_SPACE = "\u202f";

  private Numbers() {}

  /** 0.98345 as {@code 98.3 %}. */
  public static String percent(double fraction) {
    return perCent(fraction) + NARROW_SPACE + "%";
  }

  /** 0.98345 as {@code 98.3}, for tables that state the unit once. */
  public static String perCent(double fraction) {
    return String.format(Locale.ROOT, "%.1f", 100 * fraction);
  }

  /** 0.0125 as {@code +1.3}: a difference of rates, in points. */
  public static String signed(double difference) {
    return String.format(Locale.ROOT, "%+.1f", 100 * difference);
  }

  /** 0.9712 to 0.9855 as {@code 97.1 to 98.6}. */
  public static String perCent(Interval interval) {
    return perCent(interval.low()) + " to " + perCent(interval.high());
  }

  /** 0.05 as {@code 5 %}, without trailing zeros. */
  public static String exactPercent(double fraction) {
    var number =
        BigDecimal.valueOf(fraction).movePointRight(2).stripTrailingZeros().toPlainString();
    return number + NARROW_SPACE + "%";
  }

  /** As {@link #perCent(double)}; a dash if empty. */
  public static String perCent(OptionalDouble fraction) {
    return fraction.isPresent() ? perCent(fraction.getAsDouble()) : "\u2013";
  }

  /** 0.05 and 0.001 as {@code 5 %, 0.1 %}. */
  public static String exactPercents(List<Double> fractions) {
    return fractions.stream().map(Numbers::exactPercent).collect(Collectors.joining(", "));
  }

  /** 12345 as {@code 12,345}. */
  public static String count(long images) {
    return String.format(Locale.ROOT, "%,d", images);
  }

  /** {@code 1 image}, {@code 12,345 images}. */
  public static String images(int images) {
    return count(images) + (images == 1 ? " image" : " images");
  }

  /** Four significant digits; below 1e-4 and from 1e6 three, in scientific notation. */
  public static String score(double value) {
    var size = Math.abs(value);
    if (size != 0 && (size < 1e-4 || size >= 1e6)) {
      return String.format(Locale.ROOT, "%.2e", value);
    }
    return new BigDecimal(value).round(new MathContext(4)).stripTrailingZeros().toPlainString();
  }

  /** A coordinate in an image, to a hundredth of a pixel. */
  public static String pixel(double value) {
    return BigDecimal.valueOf(Math.round(value * 100), 2).stripTrailingZeros().toPlainString();
  }
}
