package org.openmargin.config.plan;

/**
 * Which of a benchmark's trials.
 *
 * @param method name of the method
 * @param trial name of the class split
 * @param seed of everything random
 */
public record TrialName(String method, String trial, long seed) {

  @Override
  public String toString() {
    return "%s, trial %s, seed %d".formatted(method, trial, seed);
  }
}
