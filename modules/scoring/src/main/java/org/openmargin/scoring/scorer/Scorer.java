package org.openmargin.scoring.scorer;

import org.openmargin.scoring.Predictions;

/**
 * Turns a network's outputs on an image into an unknown score: the higher, the more likely the
 * image belongs to an unknown class. A scorer is a pure function that includes its fitted
 * parameters, and is thread-safe. Which there are is a closed list, {@link ScorerType}.
 */
public interface Scorer {

  /** Which one of the list it is. */
  ScorerType type();

  /** Name in snake_case, such as {@code max_logit}; unique among the scorers of an evaluation. */
  default String name() {
    return type().key();
  }

  /** The formula in one line, for the description of a model. */
  default String formula() {
    return name();
  }

  /**
   * Unknown score of every row of predictions, in order: finite, higher = more unknown.
   *
   * @throws IllegalArgumentException if the scorer needs embeddings or features that were not kept
   */
  double[] unknownScores(Predictions predictions);

  /**
   * The validation images that may set a threshold: all that did not already shape the scorer.
   *
   * @param validation known validation images
   */
  default Predictions calibrating(Predictions validation) {
    return validation;
  }
}
