package org.openmargin.data.sampling;

import java.util.Arrays;
import java.util.List;
import org.openmargin.data.DataException;

/**
 * How often an epoch visits the images of each class. An epoch has as many images as without it, so
 * a class that is visited more often makes others rarer; in the mean over steps this is a weight of
 * the class in the loss.
 *
 * @param balanced whether every class is visited equally often, before the factors
 * @param factors by label; empty: 1 for each
 */
public record ClassSampling(boolean balanced, List<Double> factors) {
  /** Each image once in an epoch. */
  public static final ClassSampling NATURAL = new ClassSampling(false, List.of());

  public ClassSampling {
    factors = List.copyOf(factors);
  }

  public boolean isNatural() {
    return !balanced && factors.stream().allMatch(factor -> factor == 1);
  }

  /**
   * @param classes number of known classes
   * @throws DataException if there are factors, but not one for each class
   */
  public void requireFit(int classes) {
    if (!factors.isEmpty() && factors.size() != classes) {
      throw new DataException(
          "training.class_weights: there are %d weights for %d known classes"
              .formatted(factors.size(), classes));
    }
  }

  /**
   * The share of an epoch that each class gets: proportional to its factor times its number of
   * images, or its factor alone if balanced. A class without images gets none.
   *
   * @param labels of all images
   */
  double[] shares(int[] labels) {
    var shares = new double[Arrays.stream(labels).max().orElse(-1) + 1];
    for (var label : labels) {
      shares[label] = balanced ? 1 : shares[label] + 1;
    }
    for (var label = 0; label < shares.length; label++) {
      shares[label] *= factors.isEmpty() ? 1 : factors.get(label);
    }
    var sum = Arrays.stream(shares).sum();
    return Arrays.stream(shares).map(share -> share / sum).toArray();
  }
}
