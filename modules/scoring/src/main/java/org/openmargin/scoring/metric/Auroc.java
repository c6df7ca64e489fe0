package org.openmargin.scoring.metric;

/**
 * Area under the ROC curve with unknown as the positive class: {@code P(u > k) + 0.5 P(u = k)} for
 * an unknown score u of an unknown image and k of a known one. Exact on ties, O(n log n). Source:
 * Hanley and McNeil, Radiology 1982; equals scikit-learn's {@code roc_auc_score}.
 */
public final class Auroc {
  private Auroc() {}

  /**
   * The area, in [0, 1].
   *
   * @param known unknown scores of known images
   * @param unknown unknown scores of unknown images
   * @throws IllegalArgumentException if either side is empty or a score is NaN
   */
  public static double of(double[] known, double[] unknown) {
    return of(Sweep.of(known, unknown));
  }

  static double of(Sweep sweep) {
    return sweep.shareOfPairs(sweep.known());
  }
}
