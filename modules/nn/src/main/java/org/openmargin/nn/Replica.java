package org.openmargin.nn;

import java.util.Arrays;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * One of several devices that train together: each computes the loss of an equal part of the batch,
 * with the same weights. What depends on the whole batch is exchanged by {@link AllReduce}. One
 * object serves one objective of one graph, which is built by one thread.
 */
public final class Replica {
  private final Part part;
  private final Operand<TInt32> labels;
  private final int objective;
  private int exchanges;

  /**
   * Which part of the batch.
   *
   * @param index from 0
   * @param count of all parts
   * @param synchronised whether batch norms use the statistics of the whole batch; otherwise, each
   *     device uses those of its part
   */
  public record Part(int index, int count, boolean synchronised) {}

  /**
   * @param labels of the whole batch, [batch]
   * @param objective its number within a step
   */
  public Replica(Part part, Operand<TInt32> labels, int objective) {
    this.part = part;
    this.labels = labels;
    this.objective = objective;
  }

  public Part part() {
    return part;
  }

  /** Of the whole batch, [batch]. */
  public Operand<TInt32> labels() {
    return labels;
  }

  /**
   * The sum over all devices, equal on each; its gradient is the sum of their gradients. Every
   * device must ask for the same sums in the same order.
   */
  public Operand<TFloat32> sum(Ops tf, Operand<TFloat32> x) {
    exchanges++;
    return AllReduce.of(tf, x, part.count(), AllReduce.key(objective, exchanges));
  }

  /** The last sum of the objective: of the gradients of the devices. */
  public Operand<TFloat32> sumOfGradients(Ops tf, Operand<TFloat32> gradient) {
    return AllReduce.of(tf, gradient, part.count(), AllReduce.lastKey(objective));
  }

  /** A row of each device, in their order: [d] to [count, d]. */
  public Operand<TFloat32> rows(Ops tf, Operand<TFloat32> row) {
    var before = part.index();
    var after = part.count() - 1 - before;
    var alone = tf.reshape(row, tf.array(1, (int) row.shape().get(0)));
    // Adding zeros is exact: the sum is a concatenation.
    var padded = tf.pad(alone, tf.constant(new int[][] {{before, after}, {0, 0}}), tf.constant(0f));
    return sum(tf, padded);
  }

  /** The shape of the rows of the whole batch, from that of this part's. */
  Shape whole(Shape own) {
    var shape = own.asArray();
    shape[0] *= part.count();
    return Shape.of(shape);
  }

  /**
   * This part of the rows of the whole batch.
   *
   * @param all [count n, ...]
   * @param own [n, ...]
   */
  public Operand<TFloat32> own(Ops tf, Operand<TFloat32> all, Shape own) {
    var begin = new int[own.numDimensions()];
    begin[0] = part.index() * (int) own.get(0);
    var size = Arrays.stream(own.asArray()).mapToInt(Math::toIntExact).toArray();
    return tf.slice(all, tf.constant(begin), tf.constant(size));
  }
}
