package org.openmargin.client;

import java.time.Duration;
import java.util.Optional;

/**
 * How to call a server.
 *
 * @param timeout of one call
 * @param retries of a call that may succeed a little later
 * @param token sent as {@code Authorization: Bearer}
 */
public record CallSettings(Duration timeout, int retries, Optional<String> token) {

  /** A minute, three retries, no token. */
  public static final CallSettings DEFAULT =
      new CallSettings(Duration.ofMinutes(1), 3, Optional.empty());

  /** Refuses a time that is not positive and a negative number of retries. */
  public CallSettings {
    if (timeout.isNegative() || timeout.isZero() || retries < 0) {
      throw new IllegalArgumentException(
          "a call needs a time-out above 0 and at least 0 retries; got %s and %d"
              .formatted(timeout, retries));
    }
  }

  double seconds() {
    return timeout.toMillis() / 1000.0;
  }
}
