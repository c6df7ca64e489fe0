package org.openmargin.nn.augment;

import org.openmargin.nn.Net;
import org.tensorflow.Operand;
import org.tensorflow.op.train.BatchMatMul;
import org.tensorflow.types.TFloat32;

/**
 * Random changes to saturation and hue: in the YIQ colour space (luma Y; chroma I, Q), the chroma
 * is scaled and rotated, the luma kept. This is linear in the pixel values, one 3x3 matrix per
 * image: {@code P + s cos(h) C + s sin(h) T}, where P keeps the luma, C the chroma, and T rotates
 * the chroma by a right angle. Grey images do not change.
 *
 * @param saturation the factor s is uniform from 1 - this to 1 + this
 * @param hueDegrees the angle h is uniform from minus this to plus this; 180 for any hue
 */
public record ChromaJitter(double saturation, double hueDegrees) {
  public static final ChromaJitter NONE = new ChromaJitter(0, 0);

  private static final int SATURATION = 0;
  private static final int HUE = 1;
  private static final int COLUMNS = 2;

  /** Luma of a pixel: the weights of red, green and blue (ITU-R BT.601). */
  static final double[] LUMA = {0.299, 0.587, 0.114};

  /** I and Q of a pixel (NTSC, 1953); the weights of each add up to 0, so grey has neither. */
  private static final double[] I = {0.5959, -0.2746, -0.3213};

  private static final double[] Q = {0.2115, -0.5227, 0.3112};

  boolean isNone() {
    return saturation == 0 && hueDegrees == 0;
  }

  /**
   * @param pixels [batch, height, width, 3 or 1]
   * @return the same shape; values may leave 0 to 255
   * @throws IllegalArgumentException for any other number of channels
   */
  Operand<TFloat32> apply(Net net, Operand<TFloat32> pixels) {
    if (isGrey(pixels)) {
      return pixels;
    }
    var draws = Draws.of(net, pixels, COLUMNS);
    var stretch = draws.around(net, SATURATION, 1, saturation);
    return turned(net, pixels, stretch, draws.around(net, HUE, 0, Math.toRadians(hueDegrees)));
  }

  /**
   * Chroma times a factor and turned by an angle.
   *
   * @param pixels [batch, height, width, 3]
   * @param stretch s, [batch]
   * @param angle h, [batch]
   * @return the same shape as the pixels; values may leave 0 to 255
   */
  static Operand<TFloat32> turned(
      Net net, Operand<TFloat32> pixels, Operand<TFloat32> stretch, Operand<TFloat32> angle) {
    var tf = net.tf();
    var matrices =
        tf.math.add(
            tf.constant(lumaKept()),
            tf.math.add(
                scaled(net, tf.math.mul(stretch, tf.math.cos(angle)), chromaKept()),
                scaled(net, tf.math.mul(stretch, tf.math.sin(angle)), chromaTurned())));
    var shape = pixels.shape().asArray();
    var rows = tf.reshape(pixels, tf.constant(new long[] {shape[0], shape[1] * shape[2], 3}));
    var perImage = tf.reshape(matrices, tf.array((int) shape[0], 3, 3));
    var product = tf.train.batchMatMul(rows, perImage, TFloat32.class, BatchMatMul.adjY(true));
    return tf.reshape(product, tf.constant(shape));
  }

  /**
   * Whether images have one channel, so only brightness can vary.
   *
   * @throws IllegalArgumentException unless there are 1 or 3 channels
   */
  static boolean isGrey(Operand<TFloat32> pixels) {
    var channels = pixels.shape().get(3);
    if (channels != 1 && channels != 3) {
      throw new IllegalArgumentException(
          "colour changes need images with 1 or 3 channels, not " + pixels.shape());
    }
    return channels == 1;
  }

  /** [batch] times a row-major matrix: [batch, 9]. */
  private static Operand<TFloat32> scaled(Net net, Operand<TFloat32> factor, float[] matrix) {
    var tf = net.tf();
    var column = tf.reshape(factor, tf.constant(new long[] {factor.shape().get(0), 1}));
    return tf.math.mul(column, tf.constant(matrix));
  }

  private static float[] lumaKept() {
    return matrix((row, column) -> LUMA[column]);
  }

  private static float[] chromaKept() {
    return matrix((row, column) -> (row == column ? 1 : 0) - LUMA[column]);
  }

  /** Maps the chroma (I, Q) to (-Q, I). */
  private static float[] chromaTurned() {
    var ofI = cross(Q, LUMA);
    var ofQ = cross(LUMA, I);
    var volume = I[0] * ofI[0] + I[1] * ofI[1] + I[2] * ofI[2];
    return matrix((row, column) -> (ofQ[row] * I[column] - ofI[row] * Q[column]) / volume);
  }

  private interface Entry {
    double at(int row, int column);
  }

  private static float[] matrix(Entry entry) {
    var values = new float[9];
    for (var k = 0; k < 9; k++) {
      values[k] = (float) entry.at(k / 3, k % 3);
    }
    return values;
  }

  private static double[] cross(double[] a, double[] b) {
    return new double[] {
      a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]
    };
  }
}
