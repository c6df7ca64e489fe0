package org.openmargin.trainer.optimizer;

import java.util.List;
import org.openmargin.nn.Initializer;
import org.openmargin.nn.Net;
import org.openmargin.nn.Variable;
import org.tensorflow.Operand;
import org.tensorflow.op.Op;
import org.tensorflow.op.train.ResourceApplyMomentum;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TFloat64;
import org.tensorflow.types.TInt64;
import org.tensorflow.types.family.TType;

/** How a gradient changes a variable. A recipe: it adds one update operation per variable. */
public sealed interface Optimizer permits Optimizer.Adam, Optimizer.Sgd, WeightAverage {

  /**
   * One variable and its gradient.
   *
   * @param rate scalar, learning rate times the variable's rate factor
   */
  record Update(Variable variable, Operand<TFloat32> gradient, Operand<TFloat32> rate) {
    boolean decayed() {
      return ((Variable.Trained) variable.role()).decayed();
    }
  }

  /**
   * Adds the updates of all variables. Slots are named {@code <variable>.<slot>}.
   *
   * @param step scalar, number of updates before this one
   * @return the operations to run in each step
   */
  List<Op> apply(Net net, List<Update> updates, Operand<TInt64> step);

  /**
   * Adam (Kingma and Ba, 2015, algorithm 1 in the form given at the end of section 2: {@code
   * epsilon} is its epsilon hat, added before the bias correction), or AdamW (Loshchilov and
   * Hutter, 2019, algorithm 2) if the decay is decoupled.
   *
   * @param beta1 decay of the mean of gradients
   * @param beta2 decay of the mean of squared gradients
   * @param epsilon added to the root of the latter
   */
  record Adam(double beta1, double beta2, double epsilon, Decay decay) implements Optimizer {

    @Override
    public List<Op> apply(Net net, List<Update> updates, Operand<TInt64> step) {
      var power1 = power(net, beta1, step);
      var power2 = power(net, beta2, step);
      return updates.stream().map(update -> one(net, update, power1, power2)).toList();
    }

    private Op one(Net net, Update update, Operand<TFloat32> power1, Operand<TFloat32> power2) {
      var decayed = decay.decoupled() ? decay.shrink(net, update) : List.<Op>of();
      return net.tf()
          .withControlDependencies(decayed)
          .train
          .resourceApplyAdam(
              update.variable().handle(),
              slot(net, update, "adam_mean"),
              slot(net, update, "adam_square"),
              power1,
              power2,
              update.rate(),
              net.tf().constant((float) beta1),
              net.tf().constant((float) beta2),
              net.tf().constant((float) epsilon),
              decay.decoupled() ? update.gradient() : decay.pull(net, update));
    }

    /** {@code beta^(step + 1)}: a function of the step, so there is no state and no race. */
    private static Operand<TFloat32> power(Net net, double beta, Operand<TInt64> step) {
      var tf = net.tf();
      var exponent = tf.dtypes.cast(tf.math.add(step, tf.constant(1L)), TFloat64.class);
      return tf.dtypes.cast(tf.math.pow(tf.constant(beta), exponent), TFloat32.class);
    }
  }

  /**
   * Stochastic gradient descent: {@code v = momentum v + g; w -= rate v}, or {@code w -= rate (g +
   * momentum v)} with Nesterov's look-ahead (Sutskever et al., 2013).
   *
   * @param momentum 0 for plain descent
   * @param nesterov whether to look ahead
   * @param decay weight decay, never decoupled
   */
  record Sgd(double momentum, boolean nesterov, Decay decay) implements Optimizer {

    @Override
    public List<Op> apply(Net net, List<Update> updates, Operand<TInt64> step) {
      return updates.stream().map(update -> one(net, update)).toList();
    }

    private Op one(Net net, Update update) {
      return net.tf()
          .train
          .resourceApplyMomentum(
              update.variable().handle(),
              slot(net, update, "momentum"),
              update.rate(),
              decay.pull(net, update),
              net.tf().constant((float) momentum),
              ResourceApplyMomentum.useNesterov(nesterov));
    }
  }

  /**
   * Weight decay, applied to variables whose role asks for it.
   *
   * @param weight 0 for none
   * @param decoupled whether it is applied apart from the gradient
   */
  record Decay(double weight, boolean decoupled) {
    /** No weight decay. */
    public static final Decay NONE = new Decay(0, false);

    /** {@code g + weight w}. */
    private Operand<TFloat32> pull(Net net, Update update) {
      if (weight == 0 || !update.decayed()) {
        return update.gradient();
      }
      var tf = net.tf();
      var pull = tf.math.mul(update.variable().value(), tf.constant((float) weight));
      return tf.math.add(update.gradient(), pull);
    }

    /** {@code w -= rate weight w}. */
    private List<Op> shrink(Net net, Update update) {
      if (weight == 0 || !update.decayed()) {
        return List.of();
      }
      var tf = net.tf();
      var share = tf.math.mul(update.rate(), tf.constant((float) weight));
      var loss = tf.math.mul(update.variable().value(), share);
      return List.of(tf.assignSubVariableOp(update.variable().handle(), loss));
    }
  }

  private static Operand<? extends TType> slot(Net net, Update update, String name) {
    var path = update.variable().name() + "." + name;
    var zero = Initializer.constant(0);
    var shape = update.variable().shape();
    return net.variables().get(path, shape, new Variable.Slot(), zero).handle();
  }
}
