package org.openmargin.scoring;

/**
 * Turns one row of logits into an unknown score: the higher, the more likely the image belongs to
 * an unknown class. A scorer is a pure function and safe to share between threads.
 */
public interface Scorer {

  /** Name in snake_case, such as {@code max_logit}; unique among the scorers of an evaluation. */
  String name();

  /**
   * Unknown score of one image.
   *
   * @param logits one row, known classes first, then the open space when the head has it
   * @return a finite number, higher = more unknown
   */
  double unknownScore(float[] logits);
}
