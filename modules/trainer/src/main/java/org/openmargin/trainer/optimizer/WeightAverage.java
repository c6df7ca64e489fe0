package org.openmargin.trainer.optimizer;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.openmargin.nn.Initializer;
import org.openmargin.nn.Net;
import org.openmargin.nn.Variable;
import org.tensorflow.Operand;
import org.tensorflow.op.Op;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TFloat64;
import org.tensorflow.types.TInt64;

/**
 * An optimizer whose weights are also averaged (Polyak and Juditsky, 1992): after the updates of
 * step t = 0, 1, ..., {@code average = d average + (1 - d) weights} with {@code d = min(decay, (1 +
 * t) / (10 + t))}, which starts at 0.1, so the untrained weights are soon forgotten. Training
 * continues from the weights; a checkpoint offers the averages as the model, see {@link
 * org.openmargin.nn.Variables#byKey}.
 *
 * <p>The running statistics of norms are averaged in the same way. They describe the activations of
 * the weights of the last steps, and the averaged weights are a mean over those: statistics of only
 * the newest weights would not fit them. (Statistics measured with the averaged weights would be
 * exact, but cost a pass over the training images.)
 *
 * @param decay share of the average that a step keeps, above 0 and below 1
 */
public record WeightAverage(Optimizer optimizer, double decay) implements Optimizer {

  @Override
  public List<Op> apply(Net net, List<Update> updates, Operand<TInt64> step) {
    var changes = new ArrayList<>(optimizer.apply(net, updates, step));
    changes.addAll(net.variables().updates());
    var done = net.tf().withControlDependencies(changes).noOp();
    var statistics = net.variables().updated().stream();
    var share = share(net, step);
    return Stream.concat(updates.stream().map(Update::variable), statistics)
        .map(variable -> follow(net, variable, share, done))
        .toList();
  }

  /** {@code 1 - d}: the share of a step's weights. */
  private Operand<TFloat32> share(Net net, Operand<TInt64> step) {
    var tf = net.tf();
    var steps = tf.math.add(tf.dtypes.cast(step, TFloat64.class), tf.constant(10.0));
    var share = tf.math.maximum(tf.math.div(tf.constant(9.0), steps), tf.constant(1 - decay));
    return tf.dtypes.cast(share, TFloat32.class);
  }

  /** {@code average -= (1 - d) (average - weights)}, as a descent step, which writes no copy. */
  private static Op follow(Net net, Variable variable, Operand<TFloat32> share, Op done) {
    var average =
        net.variables()
            .get(
                variable.name() + ".average",
                variable.shape(),
                new Variable.Average(variable.name()),
                firstValue(variable));
    var tf = net.tf();
    var now = tf.withControlDependencies(done).readVariableOp(variable.handle(), TFloat32.class);
    var distance = tf.math.sub(average.value(), now);
    return tf.train.resourceApplyGradientDescent(average.handle(), share, distance);
  }

  private static Initializer firstValue(Variable variable) {
    return (tf, shape, seed) ->
        tf.withControlDependencies(variable.initialize())
            .readVariableOp(variable.handle(), TFloat32.class);
  }
}
