package org.openmargin.profiler;

/**
 * How many steps are profiled.
 *
 * @param warmUpSteps steps before anything is measured: the first ones optimise the graph, choose
 *     kernels and fill caches
 * @param steps measured without tracing, then as many with tracing
 */
public record ProfileSettings(int warmUpSteps, int steps) {
  /** The statistics of a traced step are a megabyte or two. */
  public static final int MOST_STEPS = 200;

  /** Enough for stable figures: 10 steps of warm-up, 20 measured. */
  public static final ProfileSettings DEFAULT = new ProfileSettings(10, 20);

  /**
   * @throws IllegalArgumentException for fewer than one step, or more than fit into memory
   */
  public ProfileSettings {
    if (warmUpSteps < 0 || steps < 1 || steps > MOST_STEPS) {
      throw new IllegalArgumentException(
          "a profile needs 1 to %d steps after a warm-up of 0 or more, not %d after %d"
              .formatted(MOST_STEPS, steps, warmUpSteps));
    }
  }
}
