package org.openmargin.speed.scale;

import java.util.ArrayList;
import java.util.List;
import org.openmargin.loss.Omcl;
import org.openmargin.loss.OpenClass;
import org.openmargin.loss.Scale;
import org.openmargin.loss.Suppression;
import org.openmargin.nn.Mode;
import org.openmargin.nn.Net;
import org.openmargin.nn.Variable;
import org.openmargin.nn.Variables;
import org.openmargin.speed.scale.TimedGraph.Parts;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Gradients;
import org.tensorflow.op.core.VarHandleOp;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.family.TType;

/** One training step of a head alone: OMCL, its gradient and Adam, for a batch of embeddings. */
final class HeadStep {
  private static final int BATCH = 64;
  private static final int SIZE = 512;
  private static final long[] SEED = {3, 5};

  private HeadStep() {}

  /** Milliseconds of a step with so many classes. */
  static double millis(int classes) {
    return TimedGraph.millis(tf -> step(tf, classes));
  }

  private static Parts step(Ops tf, int classes) {
    var variables = new Variables(tf, 1);
    var net = Net.root(tf, variables, new Mode.Training(tf.constant(0L)));
    var head =
        new Omcl(
            classes,
            Omcl.Margins.NONE,
            new OpenClass(true, 0.1, Suppression.NONE),
            new Scale(16, 0.1));
    var embeddings =
        tf.random.statelessRandomNormal(tf.constant(Shape.of(BATCH, SIZE)), tf.constant(SEED));
    var labels = tf.range(tf.constant(0), tf.constant(BATCH), tf.constant(1));
    var loss = head.loss(net, embeddings, labels);
    var trained = variables.trained();
    var gradients =
        tf.gradients(
            loss,
            trained.stream().map(Variable::value).toList(),
            Gradients.dx(List.of(tf.constant(1f))));
    var initialize = new ArrayList<Op>();
    var updates = new ArrayList<Op>();
    for (var i = 0; i < trained.size(); i++) {
      var variable = trained.get(i);
      initialize.add(variable.initialize());
      var mean = slot(tf, variable, "mean", initialize);
      var square = slot(tf, variable, "square", initialize);
      updates.add(adam(tf, variable, mean, square, gradients.<TFloat32>dy(i)));
    }
    return new Parts(
        tf.withControlDependencies(initialize).noOp(), tf.withControlDependencies(updates).noOp());
  }

  private static Operand<? extends TType> slot(
      Ops tf, Variable variable, String what, List<Op> initialize) {
    var name = variable.name() + "." + what;
    var handle = tf.varHandleOp(TFloat32.class, variable.shape(), VarHandleOp.sharedName(name));
    initialize.add(
        tf.assignVariableOp(handle, tf.fill(tf.constant(variable.shape()), tf.constant(0f))));
    return handle;
  }

  private static Op adam(
      Ops tf,
      Variable variable,
      Operand<? extends TType> mean,
      Operand<? extends TType> square,
      Operand<TFloat32> gradient) {
    return tf.train.resourceApplyAdam(
        variable.handle(),
        mean,
        square,
        tf.constant(0.9f),
        tf.constant(0.999f),
        tf.constant(1e-3f),
        tf.constant(0.9f),
        tf.constant(0.999f),
        tf.constant(1e-8f),
        gradient);
  }
}
