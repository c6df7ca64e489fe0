package org.openmargin.scoring.metric;

/**
 * Expected calibration error (ECE) on known images: {@code sum_b (n_b / n) |acc_b - conf_b|} over
 * {@value #BINS} bins of equal width, (0, 1/15], (1/15, 2/15], ...; acc_b is the accuracy and
 * conf_b the mean probability of the predicted class of the n_b images of bin b. In [0, 1], lower
 * is better; it measures how well probabilities match accuracy and says nothing about unknown
 * images. Source: Guo, Pleiss, Sun, Weinberger, "On Calibration of Modern Neural Networks", ICML
 * 2017.
 */
public final class Ece {
  /** Number of bins, as in the paper. */
  public static final int BINS = 15;

  private Ece() {}

  /**
   * The error.
   *
   * @param probabilities per known image, the probability of its predicted class, in [0, 1]
   * @param correct per known image, whether its prediction is right
   * @throws IllegalArgumentException if there is no image, lengths differ or a probability is out
   *     of range
   */
  public static double of(double[] probabilities, boolean[] correct) {
    if (probabilities.length == 0 || probabilities.length != correct.length) {
      throw new IllegalArgumentException(
          "ECE needs known images, one correct flag per probability; got %d flags for %d"
              .formatted(correct.length, probabilities.length));
    }
    // n_b (acc_b - conf_b) is a plain sum over the bin, so no counts are needed.
    var gaps = new double[BINS];
    for (int i = 0; i < probabilities.length; i++) {
      gaps[bin(probabilities[i], i)] += (correct[i] ? 1 : 0) - probabilities[i];
    }
    double sum = 0;
    for (double gap : gaps) {
      sum += Math.abs(gap);
    }
    return sum / probabilities.length;
  }

  static int bin(double probability, int image) {
    if (!(probability >= 0 && probability <= 1)) {
      throw new IllegalArgumentException(
          "the probability of image %d is %s; it must be in [0, 1]".formatted(image, probability));
    }
    return Math.max(0, (int) Math.ceil(probability * BINS) - 1);
  }
}
