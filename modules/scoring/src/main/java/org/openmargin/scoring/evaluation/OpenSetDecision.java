package org.openmargin.scoring.evaluation;

import org.openmargin.scoring.calibration.AcceptanceThreshold;
import org.openmargin.scoring.scorer.Scorer;

/**
 * A scorer with its acceptance threshold: says "known" or "unknown" about an image.
 *
 * @param scorer gives the unknown score
 * @param threshold what is still accepted
 */
public record OpenSetDecision(Scorer scorer, AcceptanceThreshold threshold) {

  /** Which rows are rejected. */
  public boolean[] rejected(ScoredPredictions scored) {
    return threshold.rejected(scored.of(scorer.name()));
  }
}
