package org.openmargin.scoring.numeric;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * The map that gives every feature mean 0 and deviation 1 over a set of rows, so that units do not
 * matter; a feature that never varies is divided by the mean deviation.
 *
 * @param mean [d]
 * @param inverse [d], one over the deviations
 */
@SuppressWarnings("ArrayRecordComponent") // read-only by contract, never compared
public record Standardization(double[] mean, double[] inverse) {
  private static final double LEAST = 1e-6;

  /**
   * @param rows [n][d], finite
   */
  public static Standardization of(float[][] rows) {
    var mean = Vectors.mean(rows, IntStream.range(0, rows.length).toArray());
    var deviations = new double[mean.length];
    for (var row : rows) {
      for (int i = 0; i < deviations.length; i++) {
        double difference = row[i] - mean[i];
        deviations[i] += difference * difference;
      }
    }
    Arrays.setAll(deviations, i -> Math.sqrt(deviations[i] / rows.length));
    double usual = Arrays.stream(deviations).average().orElse(0);
    double least = usual * LEAST;
    var inverse =
        Arrays.stream(deviations).map(d -> usual == 0 ? 1 : 1 / (d > least ? d : usual)).toArray();
    return new Standardization(mean, inverse);
  }

  /** {@code (x - mean) / deviation}: [d]. */
  public double[] apply(float[] x) {
    return from(mean, x);
  }

  /** {@code (x - centre) / deviation}: [d]. */
  double[] from(double[] centre, float[] x) {
    Vectors.requireSize(x, centre.length);
    var result = new double[centre.length];
    for (int i = 0; i < result.length; i++) {
      result[i] = (x[i] - centre[i]) * inverse[i];
    }
    return result;
  }
}
