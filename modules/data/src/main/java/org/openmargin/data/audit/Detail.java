package org.openmargin.data.audit;

import java.util.Optional;

/** What is left of a thumbnail without its coarse shape: 16 x 16 numbers of mean 0 and norm 1. */
final class Detail {
  private static final int SIDE = Thumbnail.SIDE;
  private static final int COARSE = SIDE / 2;

  /** Root mean square, of 127, below which there is only rounding. */
  private static final double LEAST = 1;

  private final double[] values;

  private Detail(double[] values) {
    this.values = values;
  }

  /** Empty for a smooth image. */
  static Optional<Detail> of(byte[] thumbnail) {
    var fine = new double[thumbnail.length];
    var coarse = coarse(thumbnail);
    var mean = 0.0;
    for (var i = 0; i < fine.length; i++) {
      fine[i] = thumbnail[i] - smooth(coarse, i / SIDE, i % SIDE);
      mean += fine[i] / fine.length;
    }
    var squares = 0.0;
    for (var i = 0; i < fine.length; i++) {
      fine[i] -= mean;
      squares += fine[i] * fine[i];
    }
    if (squares < LEAST * LEAST * fine.length) {
      return Optional.empty();
    }
    for (var i = 0; i < fine.length; i++) {
      fine[i] /= Math.sqrt(squares);
    }
    return Optional.of(new Detail(fine));
  }

  double correlation(Detail other) {
    var sum = 0.0;
    for (var i = 0; i < values.length; i++) {
      sum += values[i] * other.values[i];
    }
    return sum;
  }

  /** Means of 2 x 2 cells. */
  private static double[] coarse(byte[] thumbnail) {
    var coarse = new double[COARSE * COARSE];
    for (var i = 0; i < thumbnail.length; i++) {
      coarse[i / SIDE / 2 * COARSE + i % SIDE / 2] += thumbnail[i] / 4.0;
    }
    return coarse;
  }

  /** Bilinear between the centres of the coarse cells. */
  private static double smooth(double[] coarse, int y, int x) {
    var far = other(y) * COARSE;
    var near = y / 2 * COARSE;
    return 0.75 * (0.75 * coarse[near + x / 2] + 0.25 * coarse[near + other(x)])
        + 0.25 * (0.75 * coarse[far + x / 2] + 0.25 * coarse[far + other(x)]);
  }

  /** The second nearest coarse cell; at a border, the nearest. */
  private static int other(int position) {
    var cell = position / 2 + (position % 2 == 0 ? -1 : 1);
    return Math.max(0, Math.min(COARSE - 1, cell));
  }
}
