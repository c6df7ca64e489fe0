package org.openmargin.speed.scale;

import org.openmargin.speed.scale.TimedGraph.Parts;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.VarHandleOp;
import org.tensorflow.op.linalg.MatMul;
import org.tensorflow.types.TFloat32;

/**
 * What the signature {@code identify} computes: cosines with all rows of a gallery, the largest.
 */
final class GalleryProduct {
  private static final int SIZE = 512;
  private static final long[] SEED = {3, 5};

  private GalleryProduct() {}

  /** Milliseconds for a batch of images and so many rows of 512 numbers. */
  static double millis(int images, int rows) {
    return TimedGraph.millis(tf -> search(tf, images, rows));
  }

  private static Parts search(Ops tf, int images, int rows) {
    var shape = Shape.of(rows, SIZE);
    var handle = tf.varHandleOp(TFloat32.class, shape, VarHandleOp.sharedName("rows"));
    var first = tf.random.statelessRandomNormal(tf.constant(shape), tf.constant(SEED));
    var embeddings =
        tf.random.statelessRandomNormal(tf.constant(Shape.of(images, SIZE)), tf.constant(SEED));
    var cosines =
        tf.linalg.matMul(
            tf.readVariableOp(handle, TFloat32.class), embeddings, MatMul.transposeB(true));
    var best = tf.math.argMax(cosines, tf.constant(0));
    var largest = tf.reduceMax(cosines, tf.constant(0));
    var found = tf.math.add(tf.dtypes.cast(best, TFloat32.class), largest);
    var answer = tf.varHandleOp(TFloat32.class, Shape.of(images), VarHandleOp.sharedName("answer"));
    // Assigned, because TensorFlow leaves out what has no effect.
    return new Parts(tf.assignVariableOp(handle, first), tf.assignVariableOp(answer, found));
  }
}
