package org.openmargin.config.plan;

import java.nio.file.Path;
import org.openmargin.config.Experiments;
import org.openmargin.config.v1.ExperimentConfig;

/**
 * One training run of a benchmark.
 *
 * @param index from 0: seeds outermost, then trials, then methods
 * @param path {@code <method>/<trial>-seed-<n>}, in characters that every file system accepts
 * @param experiment resolved
 */
public record PlannedTrial(int index, TrialName name, Path path, ExperimentConfig experiment) {

  /** {@link Experiments#digest} of the experiment. */
  public String digest() {
    return Experiments.digest(experiment);
  }
}
