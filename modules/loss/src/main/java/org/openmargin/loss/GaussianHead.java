package org.openmargin.loss;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.openmargin.nn.FittedHead;
import org.openmargin.nn.Initializer;
import org.openmargin.nn.Net;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TFloat64;
import org.tensorflow.types.TInt32;

/**
 * One Gaussian per class, each with its own covariance S_c = L_c L_c^T (quadratic discriminant
 * analysis without priors; Friedman, "Regularized Discriminant Analysis", 1989, equation 1):
 *
 * <pre>
 * logits   z_c = -(|L_c^-1 (x - mu_c)|^2 + log det S_c) / 2
 * loss     -mean z_y
 * </pre>
 *
 * <p>so a logit is the log-density of the class, up to a constant, and the highest one falls
 * wherever no known class has images. Nothing is trained by gradients. Weights are stored in
 * float32; the distances are computed in double precision, because squares of distances of foreign
 * images are large.
 *
 * @param classes C, number of known classes
 * @param estimator from training embeddings to Gaussians
 */
public record GaussianHead(int classes, Estimator estimator) implements FittedHead {

  public GaussianHead {
    CrossEntropy.requireClasses(classes);
  }

  /** How Gaussians are estimated. */
  @FunctionalInterface
  public interface Estimator {

    /**
     * @param embeddings [n][d]
     * @param labels [n]
     * @return one per class, in label order
     */
    List<Gaussian> of(float[][] embeddings, int[] labels);
  }

  /**
   * @param mean mu, [d]
   * @param whitening L^-1, [d][d]
   * @param halfLogDeterminant log det S / 2
   */
  @SuppressWarnings("ArrayRecordComponent") // read-only by contract, never compared
  public record Gaussian(double[] mean, double[][] whitening, double halfLogDeterminant) {

    /** The logit of x. */
    double logit(float[] x) {
      var squared = 0.0;
      for (var row : whitening) {
        var sum = 0.0;
        for (var j = 0; j < mean.length; j++) {
          sum += row[j] * (x[j] - mean[j]);
        }
        squared += sum * sum;
      }
      return -squared / 2 - halfLogDeterminant;
    }
  }

  /** A covariance needs two. */
  @Override
  public int leastImagesPerClass() {
    return 2;
  }

  @Override
  public Fit fit(float[][] embeddings, int[] labels) {
    var gaussians = estimator.of(embeddings, labels);
    if (gaussians.size() != classes) {
      throw new IllegalArgumentException(
          "a head of %d classes needs as many Gaussians; there are %d"
              .formatted(classes, gaussians.size()));
    }
    var loss =
        IntStream.range(0, labels.length)
            .parallel()
            .mapToDouble(i -> -gaussians.get(labels[i]).logit(embeddings[i]))
            .toArray();
    var means = gaussians.stream().map(Gaussian::mean).toArray(double[][]::new);
    var maps = gaussians.stream().flatMap(g -> Arrays.stream(g.whitening()));
    var halves = gaussians.stream().mapToDouble(Gaussian::halfLogDeterminant).toArray();
    return new Fit(
        Map.of(
            "means", floats(means),
            "whitening", floats(maps.toArray(double[][]::new)),
            "half_log_determinants", floats(halves)),
        Arrays.stream(loss).average().orElseThrow());
  }

  private static float[] floats(double[]... rows) {
    var width = rows[0].length;
    var values = new float[rows.length * width];
    for (var i = 0; i < values.length; i++) {
      values[i] = (float) rows[i / width][i % width];
    }
    return values;
  }

  @Override
  public Operand<TFloat32> loss(Net net, Operand<TFloat32> embeddings, Operand<TInt32> labels) {
    var own = LabelColumn.of(net, logits(net, embeddings), labels);
    return net.tf().math.neg(CrossEntropy.mean(net, own));
  }

  @Override
  public Operand<TFloat32> logits(Net net, Operand<TFloat32> embeddings) {
    var tf = net.tf();
    var d = embeddings.shape().get(1);
    var whitening = doubles(net, value(net, "whitening", classes, d, d));
    var halves = doubles(net, value(net, "half_log_determinants", classes));
    var means = tf.expandDims(doubles(net, means(net, d)), tf.constant(1));
    var centred = tf.math.sub(tf.expandDims(doubles(net, embeddings), tf.constant(0)), means);
    var transposed = tf.linalg.transpose(whitening, tf.array(0, 2, 1));
    var whitened = tf.train.batchMatMul(centred, transposed, TFloat64.class);
    var squared = tf.reduceSum(tf.math.square(whitened), tf.array(2));
    var distances = tf.math.mul(tf.linalg.transpose(squared, tf.array(1, 0)), tf.constant(0.5));
    return net.cast(tf.math.neg(tf.math.add(distances, halves)), TFloat32.class);
  }

  /** The means of the classes. */
  @Override
  public Optional<Operand<TFloat32>> prototypes(Net net, Operand<TFloat32> embeddings) {
    return Optional.of(means(net, embeddings.shape().get(1)));
  }

  /** [C, d]. */
  private Operand<TFloat32> means(Net net, long d) {
    return value(net, "means", classes, d);
  }

  private static Operand<TFloat32> value(Net net, String name, long... shape) {
    return net.statistic(name, Shape.of(shape), Initializer.constant(0)).value();
  }

  private static Operand<TFloat64> doubles(Net net, Operand<TFloat32> x) {
    return net.cast(x, TFloat64.class);
  }
}
