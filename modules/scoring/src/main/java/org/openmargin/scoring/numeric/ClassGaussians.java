package org.openmargin.scoring.numeric;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * One Gaussian per known class, each with its own covariance: the distance of x to class c is
 * {@code ((x - mu_c)^T S_c^-1 (x - mu_c) + log det S_c) / 2}, minus its log-density up to a
 * constant. Features are first divided by their standard deviation over all training images, so
 * that shrinkage does not depend on units; a feature that never varies is divided by the mean
 * deviation.
 *
 * <p>Source: the quadratic discriminant of Friedman, "Regularized Discriminant Analysis", 1989,
 * equation 1, without priors, because how often a class occurs says nothing about what is unknown.
 *
 * @param classes x to L_c^-1 (x - mu_c), division by the deviations included
 * @param halfLogDeterminants of S_c, in standardised features: log det S_c / 2
 */
@SuppressWarnings("ArrayRecordComponent") // read-only by contract, never compared
public record ClassGaussians(List<Whitening> classes, double[] halfLogDeterminants) {
  /** Makes a shrunk covariance invertible whatever the shrinkage. */
  private static final double RIDGE = 1e-9;

  public ClassGaussians {
    classes = List.copyOf(classes);
  }

  /**
   * @param features [n][d], finite
   * @param labels [n], 0 to C-1, each at least once
   */
  public static ClassGaussians fit(float[][] features, int[] labels, Shrinkage shrinkage) {
    int size = features[0].length;
    var standardization = Standardization.of(features);
    var classes = new ArrayList<Whitening>();
    int count = Arrays.stream(labels).max().orElseThrow() + 1;
    var halves = new double[count];
    for (int label = 0; label < count; label++) {
      int wanted = label;
      var rows = IntStream.range(0, labels.length).filter(i -> labels[i] == wanted).toArray();
      var mean = Vectors.mean(features, rows);
      var centred = new double[rows.length][];
      Arrays.setAll(centred, i -> standardization.from(mean, features[rows[i]]));
      var covariance = Scatter.of(rows.length, size, i -> centred[i]);
      var whitening = Whitening.of(mean, shrinkage.apply(centred, covariance), RIDGE);
      halves[label] = whitening.logDeterminant() / 2;
      classes.add(whitening.after(standardization.inverse()));
    }
    return new ClassGaussians(classes, halves);
  }

  /** Number of features, d. */
  public int size() {
    return classes.get(0).centre().length;
  }

  /** Distance to each class: [C]. */
  public double[] distances(float[] x) {
    Vectors.requireSize(x, size());
    var point = Vectors.doubles(x);
    var distances = new double[halfLogDeterminants.length];
    Arrays.setAll(
        distances, c -> classes.get(c).squaredDistance(point) / 2 + halfLogDeterminants[c]);
    return distances;
  }
}
