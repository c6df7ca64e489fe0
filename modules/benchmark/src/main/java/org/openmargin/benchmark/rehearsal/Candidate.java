package org.openmargin.benchmark.rehearsal;

import java.util.List;
import org.openmargin.config.v1.ExperimentConfig;

/**
 * A way of training with a way of scoring.
 *
 * @param training name of the way of training
 * @param scoring name of the way of scoring, with its views
 * @param set what it changes in the experiment
 * @param experiment the whole experiment, as it would be trained on all known classes
 */
record Candidate(String training, String scoring, List<String> set, ExperimentConfig experiment) {

  Candidate {
    set = List.copyOf(set);
  }

  @Override
  public String toString() {
    return training + ", " + scoring;
  }
}
