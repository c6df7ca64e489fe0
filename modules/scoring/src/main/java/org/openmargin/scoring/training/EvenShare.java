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
    var all = IntStream.range(0, labels.length);
    if (labels.length <= most) {
      return all.toArray();
    }
    int classes = IntStream.of(labels).max().orElseThrow() + 1;
    var images = new long[classes];
    IntStream.of(labels).forEach(label -> images[label]++);
    var seen = new long[classes];
    return all.filter(row -> isChosen(seen[labels[row]]++, images[labels[row]], most, labels.length))
        .toArray();
  }

  /** Whether image i is among the {@code n most / total} images, at least one, of a class of n. */
  private static boolean isChosen(long i, long n, long most, long total) {
    long kept = Math.max(1, n * most / total);
    return (i + 1) * kept / n > i * kept / n;
  }
}
