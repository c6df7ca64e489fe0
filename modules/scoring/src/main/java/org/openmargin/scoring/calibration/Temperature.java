package org.openmargin.scoring.calibration;

import java.util.List;
import java.util.stream.IntStream;
import org.openmargin.scoring.numeric.LogSumExp;

/**
 * Temperature scaling: {@code p = softmax(z / T)} with the T that minimises the mean negative
 * log-likelihood {@code -log p[y]} of labelled images (Guo, Pleiss, Sun, Weinberger, "On
 * Calibration of Modern Neural Networks", ICML 2017). The loss is convex in 1/T, so T is where its
 * derivative changes sign. Dividing all logits by one number leaves their order as it is.
 *
 * @param logits of each image, the column of an open class included
 * @param labels true classes
 */
@SuppressWarnings("ArrayRecordComponent") // read-only, never compared
record Temperature(List<float[]> logits, int[] labels) {
  private static final double LOWEST = 1e-3;
  private static final double HIGHEST = 1e3;
  private static final int HALVINGS = 60;

  /**
   * The best T.
   *
   * @throws IllegalArgumentException if there is none: where every image is classified right, the
   *     lower the temperature, the better
   */
  double fitted() {
    if (slope(1 / LOWEST) <= 0) {
      throw new IllegalArgumentException(
          "there is no best temperature: all %d images are classified right, so that the likelihood grows without end; use images on which the model errs, too"
              .formatted(labels.length));
    }
    if (slope(1 / HIGHEST) >= 0) {
      throw new IllegalArgumentException(
          "there is no best temperature: the logits say nothing about the labels of these images");
    }
    var low = Math.log(LOWEST);
    var high = Math.log(HIGHEST);
    for (var i = 0; i < HALVINGS; i++) {
      var middle = (low + high) / 2;
      // A slope above 0 at 1/T: the best 1/T is smaller, T larger.
      if (slope(Math.exp(-middle)) > 0) {
        low = middle;
      } else {
        high = middle;
      }
    }
    // The graph divides by a float.
    return (float) Math.exp((low + high) / 2);
  }

  /** d/db of the loss at {@code b = 1/T}: the sum of {@code E_p[z] - z[y]}. */
  private double slope(double b) {
    return IntStream.range(0, labels.length).mapToDouble(row -> slope(row, b)).sum();
  }

  private double slope(int row, double b) {
    var z = logits.get(row);
    var sum = 0.0;
    for (var j = 0; j < z.length; j++) {
      sum += probability(z, j, 1 / b) * ((double) z[j] - z[labels[row]]);
    }
    return sum;
  }

  static double probability(float[] logits, int at, double temperature) {
    return Math.exp(-LogSumExp.minusLogProbability(logits, logits.length, at, temperature));
  }

  /** The mean loss at T. */
  double loss(double temperature) {
    return IntStream.range(0, labels.length)
        .mapToDouble(
            row -> {
              var z = logits.get(row);
              return LogSumExp.minusLogProbability(z, z.length, labels[row], temperature);
            })
        .average()
        .orElse(Double.NaN);
  }

  Temperature rows(int[] rows) {
    return new Temperature(
        IntStream.of(rows).mapToObj(logits::get).toList(),
        IntStream.of(rows).map(row -> labels[row]).toArray());
  }
}
