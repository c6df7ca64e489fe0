package org.openmargin.client;

import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.DoubleSupplier;
import java.util.function.Supplier;

/**
 * Tries calls again that may succeed a little later. Before retry k, counted from 0, it waits
 * {@code u min(2^k 0.25 s, 8 s)} with u uniform in [0.5, 1], so that clients do not come back all
 * at once.
 *
 * @param pause waits
 * @param uniform in [0, 1)
 */
record Backoff(int retries, Consumer<Duration> pause, DoubleSupplier uniform) {
  private static final double FIRST_MS = 250;
  private static final double LONGEST_MS = 8000;

  /**
   * @throws CallException of the last try, or at once if the call cannot succeed later
   */
  <T> T call(Supplier<T> action) {
    for (var tried = 0; ; tried++) {
      try {
        return action.get();
      } catch (CallException e) {
        if (e.kind() != CallException.Kind.TEMPORARY || tried == retries) {
          throw e;
        }
        var most = Math.min(LONGEST_MS, FIRST_MS * Math.pow(2, tried));
        pause.accept(Duration.ofMillis(Math.round(most * (1 + uniform.getAsDouble()) / 2)));
      }
    }
  }

  /** Waits by sleeping. */
  static void sleep(Duration time) {
    try {
      Thread.sleep(time.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while waiting for a server", e);
    }
  }
}
