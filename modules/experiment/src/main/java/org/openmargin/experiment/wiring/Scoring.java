package org.openmargin.experiment.wiring;

import org.openmargin.config.v1.ExperimentConfig;
import org.openmargin.scoring.evaluation.EvaluationPlan;

/** How images are scored, and which scorer decides at which thresholds. */
public final class Scoring {
  private final ExperimentConfig config;

  Scoring(ExperimentConfig config) {
    this.config = config;
  }

  /** Whether some scorer is fitted to the training images. */
  public boolean needsTraining(ScorerChoice choice) {
    return ScorerKinds.needTraining(config.getScoring(), choice);
  }

  /**
   * @param fitted to the training images if {@link #needsTraining}
   * @throws IllegalArgumentException for a scorer that the head cannot have
   */
  public EvaluationPlan plan(ScorerChoice choice, Fitted fitted) {
    return Scorers.plan(config, choice, fitted);
  }
}
