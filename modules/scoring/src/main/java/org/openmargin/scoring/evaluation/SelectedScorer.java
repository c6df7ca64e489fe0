package org.openmargin.scoring.evaluation;

import org.openmargin.scoring.calibration.AcceptanceThreshold;
import org.openmargin.scoring.calibration.Calibration;

/**
 * The scorer that decides, its thresholds, and its results on the test images.
 *
 * @param selection which scorer, and why
 * @param calibration its thresholds, from known validation images
 * @param threshold the one that decides
 * @param test rates on the test images at that threshold
 */
public record SelectedScorer(
    ScorerSelection selection,
    Calibration calibration,
    AcceptanceThreshold threshold,
    OperatingPoint test) {

  public String name() {
    return selection.scorer();
  }
}
