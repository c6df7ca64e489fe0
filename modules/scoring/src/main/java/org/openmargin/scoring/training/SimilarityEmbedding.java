package org.openmargin.scoring.training;

import java.util.List;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.openmargin.scoring.Predictions;
import org.openmargin.scoring.numeric.Scatter;
import org.openmargin.scoring.numeric.Vectors;

/**
 * The vector by whose cosines images are compared with those of classes that the network was not
 * trained on: {@code z = diag((l_i + r)^(-w/2)) V^T (x - mean)}, with x the joined features of an
 * image, and V and l the eigenvectors and eigenvalues of the covariance of the training images'. w
 * = 1 is whitening (all that the training images vary in counts as much as what they share); w = 0
 * leaves the distances as they are.
 *
 * @param features their names, joined in this order
 * @param whitening w
 * @param mean [d]
 * @param matrix [d][d]; z is its product with {@code x - mean}
 */
@SuppressWarnings("ArrayRecordComponent") // read-only by contract, never compared
public record SimilarityEmbedding(
    List<String> features, double whitening, double[] mean, double[][] matrix) {
  /** r as a share of the mean variance: features of dead channels do not vary at all. */
  private static final double RIDGE = 1e-3;

  public SimilarityEmbedding {
    features = List.copyOf(features);
  }

  /**
   * @param features at least one
   * @param whitening w, from 0 to 1
   * @throws IllegalArgumentException for a feature that the outputs lack, or has a number that is
   *     not finite
   */
  public static SimilarityEmbedding fit(
      TrainingOutputs training, List<String> features, double whitening) {
    var parts = features.stream().map(training::feature).toList();
    var mean = new double[joined(parts, 0).length];
    for (int row = 0; row < training.size(); row++) {
      var x = joined(parts, row);
      for (int i = 0; i < mean.length; i++) {
        mean[i] += x[i] / training.size();
      }
    }
    var covariance =
        Scatter.of(training.size(), mean.length, row -> Vectors.minus(joined(parts, row), mean));
    return new SimilarityEmbedding(features, whitening, mean, matrix(covariance, whitening));
  }

  private static double[][] matrix(DMatrixRMaj covariance, double whitening) {
    int size = covariance.numRows;
    double meanVariance = CommonOps_DDRM.trace(covariance) / size;
    double ridge = meanVariance > 0 ? RIDGE * meanVariance : 1;
    var eigen = DecompositionFactory_DDRM.eig(size, true, true);
    if (!eigen.decompose(covariance)) {
      throw new IllegalArgumentException(
          "the covariance of the training features has no eigenvalues; are they finite?");
    }
    return IntStream.range(0, size)
        .mapToObj(
            i -> {
              double variance = Math.max(0, eigen.getEigenvalue(i).getReal());
              double factor = Math.pow(variance + ridge, -whitening / 2);
              var axis = eigen.getEigenVector(i);
              return IntStream.range(0, size).mapToDouble(j -> factor * axis.get(j)).toArray();
            })
        .toArray(double[][]::new);
  }

  /** Length of the vector. */
  public int size() {
    return matrix.length;
  }

  /** In words, for those who read a model's description. */
  public String formula() {
    return "the features %s, whose covariance over the training images is evened out by a power of %s"
        .formatted(String.join(", ", features), whitening);
  }

  /** z of each row, [n][d]. */
  public float[][] of(Predictions predictions) {
    var parts = features.stream().map(predictions::feature).toList();
    return IntStream.range(0, predictions.size())
        .parallel()
        .mapToObj(row -> of(joined(parts, row)))
        .toArray(float[][]::new);
  }

  private float[] of(double[] x) {
    var centred = Vectors.minus(x, mean);
    var z = new float[matrix.length];
    for (int i = 0; i < z.length; i++) {
      z[i] = (float) Vectors.dot(centred, matrix[i]);
    }
    return z;
  }

  private static double[] joined(List<float[][]> features, int row) {
    return features.stream()
        .flatMapToDouble(
            feature -> IntStream.range(0, feature[row].length).mapToDouble(i -> feature[row][i]))
        .toArray();
  }
}
