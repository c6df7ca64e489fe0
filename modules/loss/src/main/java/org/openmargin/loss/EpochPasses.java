package org.openmargin.loss;

/**
 * How a loss whose passes over the images differ (with a generator; without it, or with a copycat)
 * spreads them over epochs.
 */
public enum EpochPasses {
  /** One pass in each epoch, the first kind and the second by turns. */
  ALTERNATING(1),
  /**
   * Both in each epoch, one after the other, as in the authors' code: an epoch takes twice as long.
   */
  BOTH(2);

  private final int count;

  EpochPasses(int count) {
    this.count = count;
  }

  int count() {
    return count;
  }
}
