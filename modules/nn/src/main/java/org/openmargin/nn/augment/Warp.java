package org.openmargin.nn.augment;

import java.util.List;
import org.openmargin.nn.Net;
import org.tensorflow.Operand;
import org.tensorflow.op.core.Stack;
import org.tensorflow.op.image.ImageProjectiveTransformV3;
import org.tensorflow.types.TFloat32;

/**
 * Random rotation, zoom and shear about the centre, in a single bilinear read. Images continue
 * mirrored beyond their edges. Black there would be a shortcut: only rotated images have such
 * corners, so they reveal how an image was changed, affect the batch's statistics, and never occur
 * in use.
 *
 * @param rotationDegrees the angle is uniform from minus this to plus this; 180 for any angle
 * @param zoom the factor is log-uniform from {@code 1 / (1 + zoom)} to {@code 1 + zoom}, so growing
 *     by a factor is as likely as shrinking by it
 * @param shearDegrees the angle by which columns lean is uniform from minus this to plus this; the
 *     image is rotated first
 */
public record Warp(double rotationDegrees, double zoom, double shearDegrees) {
  public static final Warp NONE = new Warp(0, 0, 0);

  /** Numbers per matrix, as TensorFlow expects them. */
  static final int COEFFICIENTS = 8;

  private static final int ANGLE = 0;
  private static final int ZOOM = 1;
  private static final int SHEAR = 2;
  private static final int COLUMNS = 3;

  boolean isNone() {
    return rotationDegrees == 0 && zoom == 0 && shearDegrees == 0;
  }

  /** [batch, height, width, channels] to the same shape. */
  Operand<TFloat32> apply(Net net, Operand<TFloat32> pixels) {
    var tf = net.tf();
    var draws = Draws.of(net, pixels, COLUMNS);
    var angle = draws.around(net, ANGLE, 0, Math.toRadians(rotationDegrees));
    var lean = tf.math.tan(draws.around(net, SHEAR, 0, Math.toRadians(shearDegrees)));
    var step = tf.math.exp(draws.around(net, ZOOM, 0, Math.log1p(zoom)));
    var cos = tf.math.mul(tf.math.cos(angle), step);
    var sin = tf.math.mul(tf.math.sin(angle), step);
    // Where (x, y) is read, relative to the centre: rotation times shear times the step per pixel.
    var xx = cos;
    var xy = tf.math.sub(tf.math.mul(cos, lean), sin);
    var yx = sin;
    var yy = tf.math.add(tf.math.mul(sin, lean), cos);
    var x = tf.constant(centre(pixels, 2));
    var y = tf.constant(centre(pixels, 1));
    var rest = tf.constant(new float[draws.images()]);
    var startX = tf.math.sub(x, tf.math.add(tf.math.mul(xx, x), tf.math.mul(xy, y)));
    var startY = tf.math.sub(y, tf.math.add(tf.math.mul(yx, x), tf.math.mul(yy, y)));
    var row = List.<Operand<TFloat32>>of(xx, xy, startX, yx, yy, startY, rest, rest);
    return resampled(net, pixels, tf.stack(row, Stack.axis(1L)));
  }

  private static float centre(Operand<TFloat32> pixels, int axis) {
    return (pixels.shape().get(axis) - 1) / 2f;
  }

  /**
   * Resamples images: the pixel at column x and row y is read at column {@code m0 x + m1 y + m2}
   * and row {@code m3 x + m4 y + m5}, with bilinear interpolation; beyond its edges the image
   * continues mirrored, edge pixels repeated.
   *
   * @param pixels [batch, height, width, channels]
   * @param matrices [batch, 8], rows of m0 to m5, 0, 0
   * @return the same shape as the pixels
   */
  static Operand<TFloat32> resampled(
      Net net, Operand<TFloat32> pixels, Operand<TFloat32> matrices) {
    var tf = net.tf();
    var size = new int[] {(int) pixels.shape().get(1), (int) pixels.shape().get(2)};
    return tf.image.imageProjectiveTransformV3(
        pixels,
        matrices,
        tf.constant(size),
        tf.constant(0f),
        "BILINEAR",
        ImageProjectiveTransformV3.fillMode("REFLECT"));
  }
}
