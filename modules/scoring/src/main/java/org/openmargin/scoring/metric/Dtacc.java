package org.openmargin.scoring.metric;

/**
 * Detection accuracy: the best mean of the acceptance rate of known and the rejection rate of
 * unknown images over all thresholds, {@code max 0.5 (TPR + 1 - FPR)}; in [0.5, 1], as accepting
 * everything gives 0.5. Source: Liang, Li, Srikant, "Enhancing the Reliability of
 * Out-of-distribution Image Detection in Neural Networks", ICLR 2018 (1 - detection error).
 */
final class Dtacc {
  private Dtacc() {}

  static double of(Sweep sweep) {
    double best = 0.5;
    for (int i = 0; i < sweep.size(); i++) {
      double accepted = (double) sweep.known()[i] / sweep.knownImages();
      double missed = (double) sweep.unknown()[i] / sweep.unknownImages();
      best = Math.max(best, 0.5 * (accepted + 1 - missed));
    }
    return best;
  }
}
