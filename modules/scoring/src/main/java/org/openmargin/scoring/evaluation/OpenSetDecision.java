package org.openmargin.scoring.evaluation;

import java.util.Optional;
import org.openmargin.scoring.calibration.AcceptanceThreshold;
import org.openmargin.scoring.scorer.Scorer;

/**
 * A scorer with its acceptance threshold: answers "known" or "unknown" for an image.
 *
 * @param guard says which unknown images are of no usual kind at all
 */
public record OpenSetDecision(Scorer scorer, AcceptanceThreshold threshold, Optional<Guard> guard) {

  /** Without a guard. */
  public OpenSetDecision(Scorer scorer, AcceptanceThreshold threshold) {
    this(scorer, threshold, Optional.empty());
  }

  /** Per row, whether it is rejected. */
  public boolean[] rejected(ScoredPredictions scored) {
    return threshold.rejected(scored.of(scorer.name()));
  }
}
