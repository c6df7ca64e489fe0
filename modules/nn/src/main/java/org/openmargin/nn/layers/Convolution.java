package org.openmargin.nn.layers;

import java.util.Arrays;
import java.util.List;
import org.openmargin.nn.Net;
import org.openmargin.nn.layers.Layers.Padding;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.index.Indices;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TFloating;

/**
 * Zero-padded convolution with ceil(size / stride) output rows and columns; chooses among
 * implementations that give the same result.
 */
final class Convolution {
  /**
   * oneDNN 3.5 corrupts memory in the gradient of a strided 1x1 convolution with fewer channels
   * (jit_1x1:avx512_core, seen with 8 channels from 48 x 48 up).
   */
  private static final int FEWEST_STRIDED_CHANNELS = 16;

  private Convolution() {}

  /** How the kernel moves over the map. */
  record Steps(int stride, Padding padding) {
    /** Zeros before the first place, if the output has one place. */
    private long before(long places, long weights) {
      return padding == Padding.SAME ? Math.max(weights - places, 0) / 2 : weights / 2;
    }

    private boolean isSymmetric(long weights) {
      return padding == Padding.SYMMETRIC && stride > 1 && weights > 1;
    }
  }

  /**
   * @param x [batch, height, width, in]
   * @param kernel [rows, columns, in, out]
   * @return [batch, ceil(height / stride), ceil(width / stride), out]
   */
  static <T extends TFloating> Operand<T> of(
      Net net, Operand<T> x, Operand<TFloat32> kernel, Steps steps) {
    var stride = steps.stride();
    if (x.shape().get(1) <= stride && x.shape().get(2) <= stride) {
      return onePlace(net, x, net.cast(kernel, x.type()), steps);
    }
    if (stride == 1
        && net.arithmetic().winograd()
        && Winograd.pays(x.shape(), kernel.shape(), x.type())) {
      return net.cast(Winograd.conv(net, net.cast(x, TFloat32.class), kernel), x.type());
    }
    if (stride > 1 && kernel.shape().get(0) == 1 && x.shape().get(3) < FEWEST_STRIDED_CHANNELS) {
      return of(net, every(net, x, stride), kernel, new Steps(1, Padding.SAME));
    }
    return direct(net, x, net.cast(kernel, x.type()), steps);
  }

  private static <T extends TFloating> Operand<T> direct(
      Net net, Operand<T> x, Operand<T> kernel, Steps steps) {
    var stride = steps.stride();
    var strides = List.of(1L, (long) stride, (long) stride, 1L);
    if (steps.isSymmetric(kernel.shape().get(0))) {
      // Not padding "EXPLICIT": its gradient is wrong in TensorFlow's C++ registry.
      var padded = padded(net, x, (int) kernel.shape().get(0) / 2);
      return net.tf().nn.conv2d(padded, kernel, strides, "VALID");
    }
    return net.tf().nn.conv2d(x, kernel, strides, "SAME");
  }

  /** A map with {@code places} zeros on every side. */
  static <T extends TFloating> Operand<T> padded(Net net, Operand<T> x, int places) {
    var tf = net.tf();
    var paddings = tf.constant(new int[][] {{0, 0}, {places, places}, {places, places}, {0, 0}});
    return tf.pad(x, paddings, net.cast(tf.constant(0f), x.type()));
  }

  private static <T extends TFloating> Operand<T> every(Net net, Operand<T> x, int stride) {
    return net.tf()
        .stridedSlice(x, Indices.all(), Indices.step(stride), Indices.step(stride), Indices.all());
  }

  /** An output of one pixel is one matrix product; weights over the padding are left out. */
  private static <T extends TFloating> Operand<T> onePlace(
      Net net, Operand<T> x, Operand<T> kernel, Steps steps) {
    var tf = net.tf();
    var rows = Overlap.of(x.shape().get(1), kernel.shape().get(0), steps);
    var columns = Overlap.of(x.shape().get(2), kernel.shape().get(1), steps);
    var in = x.shape().get(3);
    var out = kernel.shape().get(3);
    var size = rows.count() * columns.count() * in;
    var seen = part(net, x, Shape.of(0, 0, 0, 0), Shape.of(-1, rows.count(), columns.count(), in));
    var weights =
        part(
            net,
            kernel,
            Shape.of(rows.firstWeight(), columns.firstWeight(), 0, 0),
            Shape.of(rows.count(), columns.count(), in, out));
    var product =
        tf.linalg.matMul(
            tf.reshape(seen, tf.constant(Shape.of(x.shape().get(0), size))),
            tf.reshape(weights, tf.constant(Shape.of(size, out))));
    return tf.reshape(product, tf.constant(Shape.of(x.shape().get(0), 1, 1, out)));
  }

  /**
   * The part of a map, starting at its first place, that the kernel covers.
   *
   * @param count number of places and of weights
   * @param firstWeight index of the weight at the first place
   */
  private record Overlap(long count, long firstWeight) {
    static Overlap of(long places, long weights, Steps steps) {
      var padding = steps.before(places, weights);
      return new Overlap(Math.min(places, weights - padding), padding);
    }
  }

  private static <T extends TFloating> Operand<T> part(
      Net net, Operand<T> x, Shape first, Shape size) {
    var whole = true;
    for (var i = 0; i < 4; i++) {
      whole &= size.get(i) == -1 || size.get(i) == x.shape().get(i);
    }
    // Not int64: Slice's gradient assumes int32.
    return whole ? x : net.tf().slice(x, ints(net, first), ints(net, size));
  }

  private static Operand<TInt32> ints(Net net, Shape values) {
    return net.tf().array(Arrays.stream(values.asArray()).mapToInt(Math::toIntExact).toArray());
  }
}
