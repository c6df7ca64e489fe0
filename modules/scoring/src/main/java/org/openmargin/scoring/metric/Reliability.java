package org.openmargin.scoring.metric;

import java.util.ArrayList;
import java.util.List;

/**
 * How often predictions are right, by their probability: the bins behind {@link Ece}.
 *
 * @param bins those with images, by rising probability
 */
public record Reliability(List<Bin> bins) {

  public Reliability {
    bins = List.copyOf(bins);
  }

  /**
   * The images whose probability is in (low, high].
   *
   * @param confidence mean probability of the predicted class
   * @param accuracy share of right predictions
   */
  public record Bin(double low, double high, int images, double confidence, double accuracy) {}

  /**
   * @param probabilities per known image, the probability of its predicted class, in [0, 1]
   * @param correct per known image, whether its prediction is right
   */
  public static Reliability of(double[] probabilities, boolean[] correct) {
    var images = new int[Ece.BINS];
    var right = new int[Ece.BINS];
    var sums = new double[Ece.BINS];
    for (var i = 0; i < probabilities.length; i++) {
      var bin = Ece.bin(probabilities[i], i);
      images[bin]++;
      right[bin] += correct[i] ? 1 : 0;
      sums[bin] += probabilities[i];
    }
    var bins = new ArrayList<Bin>();
    for (var bin = 0; bin < Ece.BINS; bin++) {
      if (images[bin] > 0) {
        bins.add(
            new Bin(
                (double) bin / Ece.BINS,
                (bin + 1.0) / Ece.BINS,
                images[bin],
                sums[bin] / images[bin],
                (double) right[bin] / images[bin]));
      }
    }
    return new Reliability(bins);
  }
}
