package org.openmargin.scoring.evaluation;

import org.openmargin.scoring.calibration.AcceptanceThreshold;
import org.openmargin.scoring.scorer.Scorer;

/** A scorer with its acceptance threshold: answers "known" or "unknown" for an image. */
public record OpenSetDecision(Scorer scorer, AcceptanceThreshold threshold) {

  /** Per row, whether it is rejected. */
  public boolean[] rejected(ScoredPredictions scored) {
    return threshold.rejected(scored.of(scorer.name()));
  }
}
