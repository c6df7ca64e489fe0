package org.openmargin.scoring.metric;

/**
 * Closed-set accuracy (ACC): the fraction of known images whose largest known logit is that of the
 * true class.
 */
public final class Accuracy {
  private Accuracy() {}

  /**
   * The fraction, in [0, 1].
   *
   * @param correct per known image, whether its prediction is right
   * @throws IllegalArgumentException if there is no image
   */
  public static double of(boolean[] correct) {
    if (correct.length == 0) {
      throw new IllegalArgumentException("accuracy needs at least one known image");
    }
    int hits = 0;
    for (boolean isCorrect : correct) {
      hits += isCorrect ? 1 : 0;
    }
    return (double) hits / correct.length;
  }
}
