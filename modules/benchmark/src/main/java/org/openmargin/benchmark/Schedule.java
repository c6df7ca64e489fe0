package org.openmargin.benchmark;

/**
 * How trials are run.
 *
 * @param parallel how many side by side
 * @param retries how often a trial that failed is tried again
 * @param rerun which trials are run although there is a file of them
 */
public record Schedule(int parallel, int retries, Rerun rerun) {
  /** One after another, two more attempts each. */
  public static final Schedule DEFAULT = new Schedule(1, 2, Rerun.NONE);

  public Schedule {
    if (parallel < 1 || retries < 0) {
      throw new IllegalArgumentException("parallel must be at least 1, retries at least 0");
    }
  }
}
