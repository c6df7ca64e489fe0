package org.openmargin.nn.layers;

import java.util.List;
import java.util.Optional;
import org.openmargin.nn.Initializer;
import org.openmargin.nn.Net;
import org.openmargin.nn.Norms;
import org.openmargin.nn.Replica;
import org.openmargin.nn.Variable;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.core.ReduceSum;
import org.tensorflow.op.linalg.MatMul;
import org.tensorflow.op.math.Mean;
import org.tensorflow.op.nn.FusedBatchNorm;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.family.TFloating;

/**
 * The layers of our networks, as functions of operands. Images are [batch, height, width,
 * channels]. Weights are float32, cast to the type of the activations when used.
 */
public final class Layers {
  private static final Variable.Trained UNDECAYED = new Variable.Trained(1, false);
  private static final NormSettings STATELESS = new NormSettings(1, 1e-5, 1);

  private Layers() {}

  /**
   * Convolution without bias, padded so that the output has ceil(size / stride) rows and columns.
   *
   * @param x [batch, h, w, in]
   * @return [batch, ceil(h / stride), ceil(w / stride), filters]
   */
  public static <T extends TFloating> Operand<T> conv(Net net, Operand<T> x, ConvShape shape) {
    return conv(net, x, shape, Initializer.he());
  }

  /** The same with another initial kernel. */
  public static <T extends TFloating> Operand<T> conv(
      Net net, Operand<T> x, ConvShape shape, Initializer first) {
    var kernelShape = Shape.of(shape.size(), shape.size(), x.shape().get(3), shape.filters());
    var kernel = net.trained("kernel", kernelShape, first);
    return Convolution.of(net, x, kernel, new Convolution.Steps(shape.stride(), shape.padding()));
  }

  /**
   * Transposed convolution without bias, the transpose of {@link #conv} from the larger map to the
   * smaller.
   *
   * @param x [batch, h, w, in], every size known
   * @return [batch, h stride, w stride, filters]
   */
  public static Operand<TFloat32> transposedConv(
      Net net, Operand<TFloat32> x, ConvShape shape, Initializer first) {
    var kernelShape = Shape.of(shape.size(), shape.size(), shape.filters(), x.shape().get(3));
    var kernel = net.trained("kernel", kernelShape, first);
    var stride = shape.stride();
    var size =
        net.tf()
            .array(
                (int) x.shape().get(0),
                (int) x.shape().get(1) * stride,
                (int) x.shape().get(2) * stride,
                shape.filters());
    var strides = List.of(1L, (long) stride, (long) stride, 1L);
    return net.tf().nn.conv2dBackpropInput(size, kernel, x, strides, "SAME");
  }

  /** Where zeros are added around a map, so that the output has ceil(size / stride) places. */
  public enum Padding {
    /** As few as are needed, the odd one at the end: TensorFlow's "SAME". */
    SAME,
    /** size / 2 on every side, rounded down, as is usual in PyTorch. */
    SYMMETRIC
  }

  /**
   * @param size of the kernel: odd, if padding is symmetric
   * @param filters number of output channels
   */
  public record ConvShape(int size, int stride, int filters, Padding padding) {

    /** Padded as {@link Padding#SAME}. */
    public ConvShape(int size, int stride, int filters) {
      this(size, stride, filters, Padding.SAME);
    }
  }

  /**
   * @param momentum weight of the batch in the running statistics
   * @param epsilon added to the variance
   * @param firstScale initial scale: 1, or 0 for the last norm of a residual block, which then
   *     starts as its shortcut
   */
  public record NormSettings(double momentum, double epsilon, double firstScale) {}

  /**
   * Batch normalisation (Ioffe and Szegedy, 2015): {@code (x - mean) / sqrt(variance + epsilon) *
   * scale + offset} per channel. In training, uses the batch's statistics and updates the running
   * ones: {@code (1 - momentum) old + momentum batch}, the variance unbiased; in inference, uses
   * the running ones. {@link Norms} decides which these are and whether they are updated, {@link
   * Replica} whether the batch is that of one device or of all.
   *
   * @param x [batch, h, w, channels]
   * @return the same shape
   */
  public static <T extends TFloating> Operand<T> batchNorm(
      Net net, Operand<T> x, NormSettings settings) {
    var auxiliary = net.norms() == Norms.AUXILIARY;
    return runningNorm(auxiliary ? net.in("auxiliary") : net, x, settings);
  }

  private static <T extends TFloating> Operand<T> runningNorm(
      Net net, Operand<T> x, NormSettings settings) {
    var shape = Shape.of(x.shape().get(3));
    var scale =
        net.trained("scale", shape, UNDECAYED, Initializer.constant((float) settings.firstScale()));
    var offset = net.trained("offset", shape, UNDECAYED, Initializer.constant(0));
    var mean = net.statistic("mean", shape, Initializer.constant(0));
    var variance = net.statistic("variance", shape, Initializer.constant(1));
    var training = net.norms() != Norms.FROZEN;
    if (training && synchronizing(net).isPresent()) {
      var affine = new SynchronizedNorm.Affine(scale, offset);
      var norm = SynchronizedNorm.of(net, synchronizing(net).get(), net.cast(x, TFloat32.class));
      net.update(mean, moved(net, mean, norm.mean(), settings.momentum()));
      net.update(variance, moved(net, variance, norm.unbiased(net), settings.momentum()));
      return norm.normalized(net, x, affine, settings);
    }
    var norm =
        net.tf()
            .nn
            .fusedBatchNorm(
                x,
                scale,
                offset,
                training ? net.latest(mean) : mean.value(),
                training ? net.latest(variance) : variance.value(),
                FusedBatchNorm.epsilon((float) settings.epsilon()),
                FusedBatchNorm.exponentialAvgFactor(training ? (float) settings.momentum() : 1f),
                FusedBatchNorm.isTraining(training));
    if (training) {
      net.update(mean, norm.batchMean());
      net.update(variance, norm.batchVariance());
    }
    return norm.y();
  }

  /** The device, if several train together and their batch norms see the whole batch. */
  private static Optional<Replica> synchronizing(Net net) {
    return net.replica().filter(replica -> replica.part().synchronised());
  }

  /** {@code (1 - momentum) old + momentum batch}. */
  private static Operand<TFloat32> moved(
      Net net, Variable statistic, Operand<TFloat32> batch, double momentum) {
    return net.sum(net.scaled(1 - momentum, net.latest(statistic)), momentum, batch);
  }

  /**
   * Batch normalisation for training only: always with the batch's statistics, which are not kept.
   * Scales start from N(1, 0.02^2), as in DCGAN (Radford et al., 2016).
   *
   * @param x [batch, h, w, channels]
   * @return the same shape
   */
  public static Operand<TFloat32> statelessBatchNorm(Net net, Operand<TFloat32> x) {
    var tf = net.tf();
    var shape = Shape.of(x.shape().get(3));
    var scale = net.trained("scale", shape, UNDECAYED, Initializer.normal(1, 0.02));
    var offset = net.trained("offset", shape, UNDECAYED, Initializer.constant(0));
    if (synchronizing(net).isPresent()) {
      var norm = SynchronizedNorm.of(net, synchronizing(net).get(), x);
      return norm.normalized(net, x, new SynchronizedNorm.Affine(scale, offset), STATELESS);
    }
    var none = tf.constant(new float[0]);
    return tf.nn
        .fusedBatchNorm(
            x,
            scale,
            offset,
            none,
            none,
            FusedBatchNorm.epsilon((float) STATELESS.epsilon()),
            FusedBatchNorm.isTraining(true))
        .y();
  }

  /** {@code max(x, 0)}. */
  public static <T extends TFloating> Operand<T> relu(Net net, Operand<T> x) {
    return net.tf().nn.relu(x);
  }

  /** Maximum over 3x3 windows with stride 2: half the height and width, rounded up. */
  public static <T extends TFloating> Operand<T> maxPool(Net net, Operand<T> x) {
    return maxPool(net, x, "SAME");
  }

  /** The same with another padding, for maps without negative values. */
  public static <T extends TFloating> Operand<T> maxPool(Net net, Operand<T> x, Padding padding) {
    return padding == Padding.SAME
        ? maxPool(net, x, "SAME")
        : maxPool(net, Convolution.padded(net, x, 1), "VALID");
  }

  private static <T extends TFloating> Operand<T> maxPool(Net net, Operand<T> x, String padding) {
    // Not tf.nn.maxPool: oneDNN has kernels for MaxPool only, not for MaxPoolV2.
    var builder = net.tf().scope().opBuilder("MaxPool", "MaxPool");
    builder.addInput(x.asOutput());
    builder.setAttr("ksize", new long[] {1, 3, 3, 1});
    builder.setAttr("strides", new long[] {1, 2, 2, 1});
    builder.setAttr("padding", padding);
    return builder.build().<T>output(0);
  }

  /** Mean over height and width: [batch, h, w, c] to [batch, c]. */
  public static <T extends TFloating> Operand<T> globalMean(Net net, Operand<T> x) {
    return net.tf().math.mean(x, net.tf().array(1, 2), Mean.keepDims(false));
  }

  /**
   * Dense layer: {@code x W^T + b}, both drawn from U(-1/sqrt(d), 1/sqrt(d)).
   *
   * @param x [batch, d]
   * @return [batch, outputs]
   */
  public static Operand<TFloat32> dense(Net net, Operand<TFloat32> x, int outputs) {
    var bias = net.trained("bias", Shape.of(outputs), UNDECAYED, fanIn(x));
    return net.tf().nn.biasAdd(product(net, x, rows(net, x, outputs)), bias);
  }

  /**
   * Cosine between each embedding and each prototype.
   *
   * @param x [batch, d]
   * @return [batch, prototypes]
   */
  public static Operand<TFloat32> cosines(Net net, Operand<TFloat32> x, int prototypes) {
    return product(net, normalize(net, x), prototypes(net, x, prototypes));
  }

  /**
   * Prototypes of unit length, initialised like the rows of a dense layer.
   *
   * @param x [batch, d]; only d is used
   * @return [prototypes, d]
   */
  public static Operand<TFloat32> prototypes(Net net, Operand<TFloat32> x, int prototypes) {
    return normalize(net, rows(net, x, prototypes));
  }

  /** Rows divided by their Euclidean length (at least 1e-6): [n, d] to [n, d]. */
  public static Operand<TFloat32> normalize(Net net, Operand<TFloat32> x) {
    var tf = net.tf();
    var squares = tf.reduceSum(tf.math.square(x), tf.array(1), ReduceSum.keepDims(true));
    return tf.math.mul(x, tf.math.rsqrt(tf.math.maximum(squares, tf.constant(1e-12f))));
  }

  /** Matrix product with the transpose: [n, d] and [m, d] to [n, m]. */
  public static Operand<TFloat32> product(Net net, Operand<TFloat32> a, Operand<TFloat32> b) {
    return net.tf().linalg.matMul(a, b, MatMul.transposeB(true));
  }

  private static Operand<TFloat32> rows(Net net, Operand<TFloat32> x, int count) {
    return net.trained("weights", Shape.of(count, x.shape().get(1)), fanIn(x));
  }

  private static Initializer fanIn(Operand<TFloat32> x) {
    return Initializer.uniform(1 / Math.sqrt((double) x.shape().get(1)));
  }
}
