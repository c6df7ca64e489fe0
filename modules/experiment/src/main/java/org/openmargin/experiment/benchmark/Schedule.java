package org.openmargin.experiment.benchmark;

/**
 * How trials are run.
 *
 * @param parallel how many side by side
 * @param retries how often a trial that failed is tried again
 * @param retryRefused whether those are tried that can never succeed as they were
 */
public record Schedule(int parallel, int retries, boolean retryRefused) {
  /** One after another, two more attempts each. */
  public static final Schedule DEFAULT = new Schedule(1, 2, false);

  public Schedule {
    if (parallel < 1 || retries < 0) {
      throw new IllegalArgumentException("parallel must be at least 1, retries at least 0");
    }
  }
}
