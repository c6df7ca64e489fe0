package org.openmargin.config.plan;

/**
 * Identifies one of a benchmark's trials.
 *
 * @param trial name of the class split
 * @param seed of everything random
 */
public record TrialName(String method, String trial, long seed) {

  @Override
  public String toString() {
    return "%s, trial %s, seed %d".formatted(method, trial, seed);
  }
}
