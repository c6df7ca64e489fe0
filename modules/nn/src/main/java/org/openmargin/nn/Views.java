package org.openmargin.nn;

import java.util.ArrayList;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.family.TNumber;

/**
 * The views of an image that inference uses; its embedding is the mean over them. A cell under a
 * microscope has no top: differences between its views say nothing about its class.
 */
public enum Views {
  /** The image as it is. */
  SINGLE(1),
  /** The image and its mirror image, left to right. */
  MIRRORED(2),
  /** The four quarter turns of the image and of its mirror image; images must be square. */
  DIHEDRAL(8);

  private static final int HEIGHT = 1;
  private static final int WIDTH = 2;

  private final int count;

  Views(int count) {
    this.count = count;
  }

  /** Number of views per image. */
  public int count() {
    return count;
  }

  /**
   * @throws IllegalArgumentException if the views do not fit the image size
   */
  void requireFit(InputFormat input) {
    if (this == DIHEDRAL && input.height() != input.width()) {
      throw new IllegalArgumentException(
          "DIHEDRAL views need square images, not %d x %d"
              .formatted(input.height(), input.width()));
    }
  }

  /**
   * @param pixels [n, height, width, channels]
   * @return [count n, height, width, channels]: the first view of all images, then the second, ...
   */
  Operand<TFloat32> of(Net net, Operand<TFloat32> pixels) {
    if (this == SINGLE) {
      return pixels;
    }
    var tf = net.tf();
    var views = new ArrayList<Operand<TFloat32>>(mirrored(net, pixels));
    if (this == DIHEDRAL) {
      var upsideDown = tf.reverse(pixels, tf.array(HEIGHT));
      var transposed = tf.linalg.transpose(pixels, tf.array(0, WIDTH, HEIGHT, 3));
      views.addAll(mirrored(net, upsideDown));
      views.addAll(mirrored(net, transposed));
      views.addAll(mirrored(net, tf.reverse(transposed, tf.array(HEIGHT))));
    }
    return tf.concat(views, tf.constant(0));
  }

  private static List<Operand<TFloat32>> mirrored(Net net, Operand<TFloat32> pixels) {
    return List.of(pixels, net.tf().reverse(pixels, net.tf().array(WIDTH)));
  }

  /**
   * Those of these views among more of them, which begin with the same ones.
   *
   * @param present the views that x has
   * @param x [present.count n, h, w, c]
   * @return [count n, h, w, c]
   */
  <T extends TNumber> Operand<T> first(Net net, Views present, Operand<T> x) {
    if (present.count == count) {
      return x;
    }
    var tf = net.tf();
    var h = (int) x.shape().get(1);
    var w = (int) x.shape().get(2);
    var c = (int) x.shape().get(3);
    var apart = tf.reshape(x, tf.array(present.count, -1, h, w, c));
    var kept = tf.slice(apart, tf.array(0, 0, 0, 0, 0), tf.array(count, -1, -1, -1, -1));
    return tf.reshape(kept, tf.array(-1, h, w, c));
  }

  /**
   * @param embeddings [count n, d], in the order of {@link #of}
   * @return [n, d]
   */
  Operand<TFloat32> mean(Net net, Operand<TFloat32> embeddings) {
    if (this == SINGLE) {
      return embeddings;
    }
    var tf = net.tf();
    var size = (int) embeddings.shape().get(1);
    return tf.math.mean(tf.reshape(embeddings, tf.array(count, -1, size)), tf.array(0));
  }
}
