package org.openmargin.nn.augment;

import java.util.List;
import java.util.stream.IntStream;
import org.openmargin.nn.Net;
import org.tensorflow.Operand;
import org.tensorflow.op.core.Stack;
import org.tensorflow.op.image.CropAndResize;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TFloat32;

/**
 * Moves that keep pixel values. Crop, mirror and rotation are a single gather: each image is padded
 * with zeros, and a window of it is read back, forwards or backwards.
 *
 * @param cropPadding zero padding on every side before the crop, px; 0 for no crop
 * @param horizontalFlip mirror left to right with probability 1/2
 * @param rotate90 rotate by 0, 90, 180 or 270 degrees; images must be square
 */
public record Moves(int cropPadding, boolean horizontalFlip, boolean rotate90) {
  private static final int ROW = 0;
  private static final int COLUMN = 1;
  private static final int FLIP = 2;
  private static final int TURN = 3;

  boolean isNone() {
    return cropPadding == 0 && !horizontalFlip && !rotate90;
  }

  /**
   * [batch, height, width, channels] to the same shape.
   *
   * @throws IllegalArgumentException if images are to be rotated but are not square
   */
  Operand<TFloat32> apply(Net net, Operand<TFloat32> pixels, Draws draws) {
    if (rotate90 && pixels.shape().get(1) != pixels.shape().get(2)) {
      throw new IllegalArgumentException(
          "only square images can be rotated by 90 degrees, not " + pixels.shape());
    }
    var tf = net.tf();
    var turned = rotate90 ? transposeOdd(net, pixels, draws) : pixels;
    // One extra pixel keeps the windows clear of the edge, where reading ends.
    var edge = cropPadding + 1;
    var padded =
        tf.pad(
            turned,
            tf.constant(new int[][] {{0, 0}, {edge, edge}, {edge, edge}, {0, 0}}),
            tf.constant(0f));
    var height = (int) pixels.shape().get(1);
    var width = (int) pixels.shape().get(2);
    var rows = window(net, offset(net, draws, ROW), upsideDown(net, draws), height);
    var columns = window(net, offset(net, draws, COLUMN), mirrored(net, draws), width);
    var boxes = tf.stack(interleaved(rows, columns), Stack.axis(1L));
    var batch = (int) pixels.shape().get(0);
    return tf.image.cropAndResize(
        padded,
        boxes,
        tf.constant(IntStream.range(0, batch).toArray()),
        tf.constant(new int[] {height, width}),
        CropAndResize.method("nearest"));
  }

  /**
   * First and last row (or column) of the window, in units of the padded size, swapped to mirror.
   */
  private Window window(Net net, Operand<TFloat32> offset, Operand<TBool> reversed, int size) {
    var tf = net.tf();
    var unit = tf.constant(1f / (size + 2 * cropPadding + 1));
    // A quarter of a pixel keeps "nearest" away from halves and from rounding below zero.
    var first = tf.math.mul(tf.math.add(offset, tf.constant(1.25f)), unit);
    var last = tf.math.mul(tf.math.add(offset, tf.constant(size + 0.25f)), unit);
    return new Window(tf.select(reversed, last, first), tf.select(reversed, first, last));
  }

  private record Window(Operand<TFloat32> from, Operand<TFloat32> to) {}

  private static List<Operand<TFloat32>> interleaved(Window rows, Window columns) {
    return List.of(rows.from(), columns.from(), rows.to(), columns.to());
  }

  /** Whole numbers from 0 to 2 padding, one per image. */
  private Operand<TFloat32> offset(Net net, Draws draws, int axis) {
    var tf = net.tf();
    return tf.math.floor(tf.math.mul(draws.column(net, axis), tf.constant(2f * cropPadding + 1)));
  }

  /**
   * Quarter turns, 0 to 3: 1 and 3 are a transposition and one mirroring, 2 is both mirrorings. As
   * floats, because GPUs leave comparisons of int32 to the host.
   */
  private Operand<TFloat32> turns(Net net, Draws draws) {
    var tf = net.tf();
    return tf.math.floor(tf.math.mul(draws.column(net, TURN), tf.constant(4f)));
  }

  private Operand<TFloat32> transposeOdd(Net net, Operand<TFloat32> pixels, Draws draws) {
    var tf = net.tf();
    var turns = turns(net, draws);
    var odd =
        tf.math.logicalOr(
            tf.math.equal(turns, tf.constant(1f)), tf.math.equal(turns, tf.constant(3f)));
    return tf.select(
        tf.reshape(odd, tf.array((int) pixels.shape().get(0), 1, 1, 1)),
        tf.linalg.transpose(pixels, tf.array(0, 2, 1, 3)),
        pixels);
  }

  private Operand<TBool> upsideDown(Net net, Draws draws) {
    var tf = net.tf();
    if (!rotate90) {
      return never(net, draws);
    }
    var turns = turns(net, draws);
    return tf.math.logicalOr(
        tf.math.equal(turns, tf.constant(1f)), tf.math.equal(turns, tf.constant(2f)));
  }

  private Operand<TBool> mirrored(Net net, Draws draws) {
    var tf = net.tf();
    var flipped =
        horizontalFlip
            ? tf.math.less(draws.column(net, FLIP), tf.constant(0.5f))
            : never(net, draws);
    return rotate90
        ? tf.math.notEqual(flipped, tf.math.greater(turns(net, draws), tf.constant(1f)))
        : flipped;
  }

  private static Operand<TBool> never(Net net, Draws draws) {
    return net.tf().constant(new boolean[draws.images()]);
  }
}
