package org.openmargin.trainer;

import java.util.ArrayList;
import java.util.List;
import org.openmargin.nn.Net;
import org.openmargin.nn.Objective;
import org.openmargin.nn.Variable;
import org.openmargin.nn.augment.OpenSamples;
import org.openmargin.trainer.optimizer.Optimizer;
import org.openmargin.trainer.parallel.Replicas;
import org.tensorflow.Operand;
import org.tensorflow.op.Op;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt64;

/**
 * Adds an objective's loss, gradients and updates to a training graph.
 *
 * @param net the graph's root
 * @param feeds number of the step and the learning rate
 * @param meter takes the loss of the objective that trains the network
 * @param count of updates, for the optimizers
 * @param replicas the devices
 */
record Minimizer(
    Net net,
    TrainGraph.Feeds feeds,
    TrainSettings.StepSettings settings,
    LossMeter meter,
    UpdateCount count,
    Replicas replicas) {

  private static final double ADAM_EPSILON = 1e-8;

  /**
   * A batch and its parts.
   *
   * @param parts one per device
   */
  record Parted(OpenSamples.Batch batch, List<OpenSamples.Batch> parts) {}

  /** The part of a step that minimises objective number {@code index}. */
  TrainGraph.Target target(int index, Parted images) {
    var objective = count.objectives().get(index);
    var shares = replicas.losses(net, objective, index, images.batch(), images.parts());
    var loss = replicas.loss(net, shares);
    var operations = new ArrayList<Op>();
    if (objective.trainsNetwork()) {
      operations.add(meter.update(net, loss, feeds.step()));
    }
    operations.addAll(net.variables().updates());
    operations.addAll(updates(objective, shares, count.before(index)));
    var run = net.tf().withControlDependencies(operations).withName("train_step").noOp();
    return new TrainGraph.Target(objective.passes(), run);
  }

  private List<Op> updates(
      Objective objective, List<Replicas.Share> shares, Operand<TInt64> updatesBefore) {
    var changed = net.variables().used().stream().filter(objective::changes).toList();
    var reduced = replicas.gradients(net, shares, changed);
    var operations = new ArrayList<>(reduced.others());
    operations.addAll(updates(objective, changed, reduced.gradients(), updatesBefore));
    return operations;
  }

  private List<Op> updates(
      Objective objective,
      List<Variable> changed,
      List<Operand<TFloat32>> gradients,
      Operand<TInt64> updatesBefore) {
    if (objective.update() instanceof Objective.Update.ConstantAdam adam) {
      var rate = net.tf().constant((float) adam.rate());
      return new Optimizer.Adam(adam.beta1(), adam.beta2(), ADAM_EPSILON, Optimizer.Decay.NONE)
          .apply(net, updates(changed, gradients, rate), updatesBefore);
    }
    var updates = updates(changed, clipped(gradients), feeds.rate());
    return settings.optimizer().apply(net, updates, updatesBefore);
  }

  /** Scales all gradients by one factor so that their global norm is within the limit. */
  private List<Operand<TFloat32>> clipped(List<Operand<TFloat32>> gradients) {
    if (settings.clipNorm() == 0) {
      return gradients;
    }
    var tf = net.tf();
    var squares = gradients.stream().map(g -> tf.math.mul(tf.constant(2f), tf.nn.l2Loss(g)));
    var norm = tf.math.sqrt(tf.math.addN(squares.<Operand<TFloat32>>map(s -> s).toList()));
    var bound = tf.constant((float) settings.clipNorm());
    var factor = tf.math.div(bound, tf.math.maximum(norm, bound));
    return gradients.stream().<Operand<TFloat32>>map(g -> tf.math.mul(g, factor)).toList();
  }

  private List<Optimizer.Update> updates(
      List<Variable> changed, List<Operand<TFloat32>> gradients, Operand<TFloat32> rate) {
    var updates = new ArrayList<Optimizer.Update>();
    for (var i = 0; i < changed.size(); i++) {
      var role = (Variable.Trained) changed.get(i).role();
      updates.add(
          new Optimizer.Update(changed.get(i), gradients.get(i), rate(rate, role.rateFactor())));
    }
    return updates;
  }

  private Operand<TFloat32> rate(Operand<TFloat32> rate, double factor) {
    return factor == 1 ? rate : net.tf().math.mul(rate, net.tf().constant((float) factor));
  }
}
