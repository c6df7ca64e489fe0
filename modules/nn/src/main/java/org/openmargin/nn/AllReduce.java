package org.openmargin.nn;

import java.util.List;
import org.tensorflow.GraphOperation;
import org.tensorflow.Operand;
import org.tensorflow.Output;
import org.tensorflow.TensorFlow;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * TensorFlow's collective sum over devices: by a ring in memory between CPU devices, by NCCL
 * between GPUs. In the CPU's ring, each element is added in one fixed order of the devices, so
 * equal inputs give equal bits.
 *
 * <p>The operations of one sum share a key. Keys fall along the order of computation, also that of
 * the gradients: TensorFlow runs collectives that do not depend on each other by falling keys, on
 * every device alike, as NCCL requires. TensorFlow's own gradients do not know the operation: its
 * gradient, the sum of the devices' gradients, is attached here.
 */
final class AllReduce {
  private static final String OPERATION = "CollectiveReduce";
  private static final String SIZE = "group_size";
  private static final String KEY = "instance_key";

  /** All devices are one group. */
  private static final int GROUP = 1;

  /** Keys of an objective: fewer exchanges than half of it. */
  private static final int MASK = (1 << 20) - 1;

  private static final boolean ATTACHED = attach();

  private AllReduce() {}

  private static boolean attach() {
    try {
      return TensorFlow.registerCustomGradient(OPERATION, AllReduce::gradient);
    } catch (UnsupportedOperationException e) {
      return false;
    }
  }

  /** The key of an objective's exchange number {@code exchange}, from 1. */
  static int key(int objective, int exchange) {
    return objective * (MASK + 1) + MASK - exchange;
  }

  /** The key of the exchange after all others and their gradients. */
  static int lastKey(int objective) {
    return objective * (MASK + 1);
  }

  /**
   * @param devices how many take part
   * @throws IllegalStateException if this process cannot attach the gradient
   */
  static Operand<TFloat32> of(Ops tf, Operand<TFloat32> x, int devices, int key) {
    if (!ATTACHED) {
      throw new IllegalStateException(
          "several devices cannot train together here: TensorFlow takes no gradient for "
              + OPERATION);
    }
    var builder = tf.scope().opBuilder(OPERATION, OPERATION);
    builder.addInput(x.asOutput());
    builder.setAttr(SIZE, devices);
    builder.setAttr("group_key", GROUP);
    builder.setAttr(KEY, key);
    builder.setAttr("merge_op", "Add");
    builder.setAttr("final_op", "Id");
    builder.setAttr("subdiv_offsets", new long[] {0});
    return builder.build().<TFloat32>output(0);
  }

  /** The later a sum, the earlier its gradient: the complement of a key rises with the exchange. */
  @SuppressWarnings("unchecked") // all are float32
  private static List<Operand<?>> gradient(Ops tf, GraphOperation op, List<Output<?>> gradients) {
    var devices = (int) op.attributes().getAttrInt(SIZE);
    var key = (int) op.attributes().getAttrInt(KEY);
    return List.of(of(tf, (Output<TFloat32>) gradients.get(0), devices, key ^ MASK));
  }
}
