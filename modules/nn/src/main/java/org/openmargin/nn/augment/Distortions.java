package org.openmargin.nn.augment;

import java.util.List;
import java.util.stream.IntStream;
import org.openmargin.nn.Net;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.image.ResizeBilinear;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/** One image, so changed that its class is gone: form, detail or colour. */
final class Distortions {
  /** Patches along each side. */
  static final int PATCHES = 4;

  /** Blocks along each side that a blurred image is the interpolation of. */
  static final int BLOCKS = 7;

  private static final double HALF_TURN = Math.PI;
  private static final double LARGEST_FROM_HALF_TURN = Math.toRadians(120);

  private Distortions() {}

  /**
   * Cut into 4 x 4 patches that change places at random: local texture stays, form goes. An image
   * whose sides are no multiples of 4 is first continued at its right and lower edge as its mirror
   * image, and cut back afterwards.
   *
   * @param x [k, height, width, channels]
   * @return the same shape
   */
  static Operand<TFloat32> shuffled(Net net, Operand<TFloat32> x) {
    var tf = net.tf();
    var k = (int) x.shape().get(0);
    var height = whole(x.shape().get(1));
    var width = whole(x.shape().get(2));
    var channels = (int) x.shape().get(3);
    var more =
        new int[][] {
          {0, 0}, {0, height - (int) x.shape().get(1)}, {0, width - (int) x.shape().get(2)}, {0, 0}
        };
    var even = tf.mirrorPad(x, tf.constant(more), "SYMMETRIC");
    var h = height / PATCHES;
    var w = width / PATCHES;
    var grid = tf.reshape(even, tf.array(k, PATCHES, h, PATCHES, w * channels));
    var patches = tf.linalg.transpose(grid, tf.array(0, 1, 3, 2, 4));
    var all = tf.reshape(patches, tf.array(k * PATCHES * PATCHES, h * w * channels));
    var moved = tf.gather(all, order(net, k), tf.constant(0));
    var back = tf.reshape(moved, tf.array(k, PATCHES, PATCHES, h, w * channels));
    var image = tf.linalg.transpose(back, tf.array(0, 1, 3, 2, 4));
    return tf.slice(
        tf.reshape(image, tf.array(k, height, width, channels)),
        tf.array(0, 0, 0, 0),
        tf.constant(IntStream.range(0, 4).map(i -> (int) x.shape().get(i)).toArray()));
  }

  private static int whole(long size) {
    return Math.toIntExact((size + PATCHES - 1) / PATCHES * PATCHES);
  }

  /** A random order of the patches of each image, as places in the list of all patches. */
  private static Operand<TInt32> order(Net net, int k) {
    var tf = net.tf();
    var count = PATCHES * PATCHES;
    var draws = net.uniform("order", Shape.of(k, count));
    var places = tf.nn.topK(draws, tf.constant(count), TInt32.class).indices();
    var firsts = new float[k][1];
    for (var i = 0; i < k; i++) {
      firsts[i][0] = i * count;
    }
    // As floats: GPUs leave int32 to the host.
    var all = tf.math.add(net.cast(places, TFloat32.class), tf.constant(firsts));
    return net.cast(tf.reshape(all, tf.array(k * count)), TInt32.class);
  }

  /**
   * Means over blocks of about a seventh of each side, interpolated back to the image's size:
   * colours and their rough places stay, detail goes.
   *
   * @param x [k, height, width, channels]
   * @return the same shape
   */
  static Operand<TFloat32> blurred(Net net, Operand<TFloat32> x) {
    var tf = net.tf();
    var height = x.shape().get(1);
    var width = x.shape().get(2);
    var block = List.of(1L, block(height), block(width), 1L);
    var means = tf.nn.avgPool(x, block, block, "SAME");
    return tf.image.resizeBilinear(
        means, tf.array((int) height, (int) width), ResizeBilinear.halfPixelCenters(true));
  }

  /** At least 2 px. */
  static long block(long size) {
    return Math.max(2, size / BLOCKS);
  }

  /**
   * The hue turned by an angle from U(60, 300) degrees, brightness kept ({@link ChromaJitter}).
   *
   * @param x [k, height, width, 3]
   * @return the same shape, 0 to 255
   */
  static Operand<TFloat32> recoloured(Net net, Operand<TFloat32> x) {
    var tf = net.tf();
    var draws = Draws.of(net, x, 1);
    var angle = draws.around(net, 0, HALF_TURN, LARGEST_FROM_HALF_TURN);
    var same = tf.fill(tf.array(draws.images()), tf.constant(1f));
    var turned = ChromaJitter.turned(net, x, same, angle);
    return tf.clipByValue(turned, tf.constant(0f), tf.constant(255f));
  }
}
