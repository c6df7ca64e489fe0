package org.openmargin.trainer;

import org.openmargin.nn.Net;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Op;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.op.core.VarHandleOp;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TFloat64;
import org.tensorflow.types.TInt64;

/**
 * Adds up losses on the device, so that Java fetches them only every few steps.
 *
 * @param sum scalar: all losses so far
 * @param firstBadStep scalar: number of the first step whose loss was NaN or infinite, or {@link
 *     #NONE}
 * @param start run once at the start
 */
record LossMeter(
    Operand<TFloat64> sum, Operand<TInt64> firstBadStep, Handles handles, Start start) {

  static final long NONE = Long.MAX_VALUE;

  private record Handles(VarHandleOp sum, VarHandleOp firstBadStep) {}

  /**
   * @param sum scalar: of the steps before
   * @param assign sets the meter to it
   */
  record Start(Placeholder<TFloat64> sum, Op assign) {}

  static LossMeter of(Net net) {
    var tf = net.tf();
    var sum =
        tf.varHandleOp(TFloat64.class, Shape.scalar(), VarHandleOp.sharedName("meter.loss_sum"));
    var bad =
        tf.varHandleOp(TInt64.class, Shape.scalar(), VarHandleOp.sharedName("meter.first_bad"));
    var before = tf.placeholder(TFloat64.class, Placeholder.shape(Shape.scalar()));
    var assign =
        tf.withControlDependencies(
                tf.assignVariableOp(sum, before), tf.assignVariableOp(bad, tf.constant(NONE)))
            .noOp();
    return new LossMeter(
        tf.readVariableOp(sum, TFloat64.class),
        tf.readVariableOp(bad, TInt64.class),
        new Handles(sum, bad),
        new Start(before, assign));
  }

  /** Adds the loss of a step; part of every step. */
  Op update(Net net, Operand<TFloat32> loss, Operand<TInt64> step) {
    var tf = net.tf();
    var add = tf.assignAddVariableOp(handles.sum(), tf.dtypes.cast(loss, TFloat64.class));
    var badNow = tf.select(tf.math.isFinite(loss), tf.constant(NONE), step);
    var before = tf.readVariableOp(handles.firstBadStep(), TInt64.class);
    var note = tf.assignVariableOp(handles.firstBadStep(), tf.math.minimum(before, badNow));
    return tf.withControlDependencies(add, note).noOp();
  }
}
