package org.openmargin.cli.console;

import java.util.Locale;
import java.util.function.LongSupplier;

/** How long a piece of work will still take, if it goes on as it has so far. */
final class TimeLeft {
  /** Before that, nothing can be said; and short work needs no estimate. */
  private static final double LEAST_SECONDS = 3;

  private final LongSupplier nanos;
  private long began;

  /**
   * @param nanos a clock
   */
  TimeLeft(LongSupplier nanos) {
    this.nanos = nanos;
  }

  void begin() {
    began = nanos.getAsLong();
  }

  /** Such as {@code ", 2 min left"}; empty in the first seconds, at the end and without a total. */
  String at(long done, long total) {
    var seconds = (nanos.getAsLong() - began) * 1e-9;
    if (seconds < LEAST_SECONDS || done <= 0 || done >= total) {
      return "";
    }
    var left = Math.round(seconds * (total - done) / done);
    return left < 60
        ? String.format(Locale.ROOT, ", %d s left", left)
        : left < 3600
            ? String.format(Locale.ROOT, ", %d min left", Math.round(left / 60.0))
            : String.format(Locale.ROOT, ", %.1f h left", left / 3600.0);
  }
}
