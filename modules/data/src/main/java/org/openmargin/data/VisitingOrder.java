package org.openmargin.data;

/** Which images an epoch visits, and in which order: a function of the epoch alone. */
public interface VisitingOrder {

  /** Images of an epoch. */
  int count();

  /**
   * @param epoch from 0
   * @return indices of {@link #count} images; one may come several times or not at all
   */
  int[] permutation(int epoch);
}
