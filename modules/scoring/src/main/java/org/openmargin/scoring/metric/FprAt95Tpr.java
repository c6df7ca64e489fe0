package org.openmargin.scoring.metric;

/**
 * False positive rate at a true positive rate of 95 %, <b>with unknown as the positive class</b>:
 * the fraction of known images that are rejected by the strictest threshold that still rejects at
 * least 95 % of the unknown images. Lower is better. Papers that call known the positive class
 * report another number under the same name. Source: OpenOOD (Zhang et al., 2023), {@code fpr95}.
 */
final class FprAt95Tpr {
  private FprAt95Tpr() {}

  static double of(Sweep sweep) {
    for (int i = sweep.size() - 1; i > 0; i--) {
      // Reject the scores from i upwards; in integers, because 0.95 has no exact double.
      long rejected = (long) sweep.unknownImages() - sweep.unknown()[i - 1];
      if (100 * rejected >= 95L * sweep.unknownImages()) {
        return (double) (sweep.knownImages() - sweep.known()[i - 1]) / sweep.knownImages();
      }
    }
    return 1;
  }
}
