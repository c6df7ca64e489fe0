package org.openmargin.nn;

import java.util.Map;

/**
 * A head that is computed from the embeddings of all training images at once, in closed form, in
 * place of training steps. Its variables are {@linkplain Net#statistic statistics}; the backbone
 * must have no variables, because nothing would train them.
 */
public interface FittedHead extends OpenSetLoss {
  /** Why there is nothing to run step by step. */
  String NO_STEPS =
      "the head is fitted to all training images at once: there are no training steps";

  /** The fewest training images that each class needs. */
  int leastImagesPerClass();

  /**
   * The values of all variables of the head.
   *
   * @param embeddings [n][d], of the unaugmented training images, finite
   * @param labels [n], 0 to C - 1, each at least {@link #leastImagesPerClass} times
   */
  Fit fit(float[][] embeddings, int[] labels);

  /**
   * @param values by the name within the head; elements row by row
   * @param loss {@link #loss} over all training images, with these values
   */
  record Fit(Map<String, float[]> values, double loss) {
    public Fit {
      values = Map.copyOf(values);
    }
  }
}
