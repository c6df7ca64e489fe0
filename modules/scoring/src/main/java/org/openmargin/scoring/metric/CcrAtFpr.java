package org.openmargin.scoring.metric;

import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * Correct classification rate at a false positive rate f: the fraction of known images that are
 * correctly classified and have an unknown score strictly below the {@code ceil(f Nu)}-th smallest
 * of the Nu unknown images, so that fewer than {@code ceil(f Nu)} unknown images are accepted.
 * Source: Dhamija, Guenther, Boult, "Reducing Network Agnostophobia", NeurIPS 2018; as computed by
 * OpenOOD.
 */
final class CcrAtFpr {
  private CcrAtFpr() {}

  /**
   * The rate, in [0, ACC].
   *
   * @param fpr f, in (0, 1]
   */
  static double of(Sweep sweep, double fpr) {
    if (!(fpr > 0 && fpr <= 1)) {
      throw new IllegalArgumentException("the FPR of CCR@FPR must be in (0, 1]; got " + fpr);
    }
    // In decimal, because 0.07 * 100 must be 7, not 8.
    var rank =
        BigDecimal.valueOf(fpr)
            .multiply(BigDecimal.valueOf(sweep.unknownImages()))
            .setScale(0, RoundingMode.CEILING)
            .intValueExact();
    var threshold = 0;
    while (sweep.unknown()[threshold] < rank) {
      threshold++;
    }
    return (double) Sweep.below(sweep.correct(), threshold) / sweep.knownImages();
  }
}
