package org.openmargin.scoring.training;

import java.util.stream.IntStream;

/**
 * Some of many training images, for a fit that need not see them all: the same share of every
 * class, and within a class evenly spaced in the order of the images, so that every part of an
 * ordered data set is represented.
 */
public final class EvenShare {
  private EvenShare() {}

  /**
   * The rows to fit to, ascending: at most {@code most}, but at least one of each class; all if
   * there are no more.
   *
   * @param labels of the training images, 0 to C-1
   */
  public static int[] rows(int[] labels, int most) {
    if (labels.length <= most) {
      return IntStream.range(0, labels.length).toArray();
    }
    var images = new long[IntStream.of(labels).max().orElseThrow() + 1];
    IntStream.of(labels).forEach(label -> images[label]++);
    var seen = new long[images.length];
    var rows = IntStream.builder();
    for (int row = 0; row < labels.length; row++) {
      int label = labels[row];
      if (isChosen(seen[label], images[label], Math.max(1, images[label] * most / labels.length))) {
        rows.add(row);
      }
      seen[label]++;
    }
    return rows.build().toArray();
  }

  /** Whether image i of n is one of k evenly spaced ones. */
  private static boolean isChosen(long i, long n, long k) {
    return (i + 1) * k / n > i * k / n;
  }
}
