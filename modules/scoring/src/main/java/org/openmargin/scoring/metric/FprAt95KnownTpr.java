package org.openmargin.scoring.metric;

/**
 * False positive rate at a true positive rate of 95 %, <b>with known as the positive class</b>: the
 * fraction of unknown images accepted by the lowest threshold that accepts at least 95 % of the
 * known images. Lower is better; {@link FprAt95Tpr} swaps the classes. Source: Hendrycks, Mazeika,
 * Dietterich, "Deep Anomaly Detection with Outlier Exposure", ICLR 2019, and Liu, Wang, Owens, Li,
 * "Energy-based Out-of-distribution Detection", NeurIPS 2020 ({@code FPR95}).
 */
public final class FprAt95KnownTpr {
  private FprAt95KnownTpr() {}

  /**
   * The rate, in [0, 1].
   *
   * @param known unknown scores of known images
   * @param unknown unknown scores of unknown images
   * @throws IllegalArgumentException when either side is empty or a score is NaN
   */
  public static double of(double[] known, double[] unknown) {
    return of(Sweep.of(known, unknown));
  }

  static double of(Sweep sweep) {
    // In integers, because 0.95 has no exact double.
    int threshold = 0;
    while (100L * sweep.known()[threshold] < 95L * sweep.knownImages()) {
      threshold++;
    }
    return (double) sweep.unknown()[threshold] / sweep.unknownImages();
  }
}
