package org.openmargin.benchmark;

/**
 * How trials are run.
 *
 * @param parallel trials at a time
 * @param retries further attempts at a failed trial
 * @param retryRefused whether to retry trials that failed and would fail again
 * @param replaceStale whether to replace results and runs that no longer match the plan
 */
public record Schedule(int parallel, int retries, boolean retryRefused, boolean replaceStale) {
  /** One at a time, two more attempts each; earlier failures and stale results stay. */
  public static final Schedule DEFAULT = new Schedule(1, 2, false, false);

  public Schedule {
    if (parallel < 1 || retries < 0) {
      throw new IllegalArgumentException("parallel must be at least 1, retries at least 0");
    }
  }
}
