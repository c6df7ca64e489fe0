package org.openmargin.trainer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.openmargin.nn.Initializer;
import org.openmargin.nn.Mode;
import org.openmargin.nn.Net;
import org.openmargin.nn.Variable;
import org.openmargin.nn.Variables;
import org.openmargin.trainer.optimizer.Optimizer;
import org.tensorflow.Graph;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt64;

/** Each optimizer against its published algorithm, written out in plain Java. */
class OptimizerTest {
  private static final double RATE = 0.05;
  private static final double WEIGHT = 0.8;
  private static final double[] GRADIENTS = {0.5, -0.25, 0.125, 2, -3, 0.01};

  /** The weight after each step. */
  private static double[] run(Optimizer optimizer, Variable.Trained role) {
    try (var graph = new Graph()) {
      var tf = Ops.create(graph);
      var variables = new Variables(tf, 0);
      var step = tf.placeholder(TInt64.class);
      var gradient = tf.placeholder(TFloat32.class);
      var net = Net.root(tf, variables, new Mode.Training(step));
      var weight = variables.get("w", Shape.scalar(), role, Initializer.constant((float) WEIGHT));
      var rate = tf.constant((float) (RATE * role.rateFactor()));
      var update = new Optimizer.Update(weight, gradient, rate);
      var operations = optimizer.apply(net, List.of(update), step);
      var after = new double[GRADIENTS.length];
      try (var session = new Session(graph)) {
        variables.all().forEach(v -> session.run(v.initialize()));
        for (var i = 0; i < after.length; i++) {
          try (var fedStep = TInt64.scalarOf(i);
              var fedGradient = TFloat32.scalarOf((float) GRADIENTS[i])) {
            var runner = session.runner().feed(step, fedStep).feed(gradient, fedGradient);
            operations.forEach(runner::addTarget);
            runner.run().close();
          }
          try (var result = session.runner().fetch(weight.value()).run()) {
            after[i] = ((TFloat32) result.get(0)).getFloat();
          }
        }
      }
      return after;
    }
  }

  private static Variable.Trained role(double rateFactor, boolean decayed) {
    return new Variable.Trained(rateFactor, decayed);
  }

  /** Kingma and Ba (2015), algorithm 1, with epsilon hat as in its section 2. */
  private static double[] adam(double decay, double shrink) {
    var w = WEIGHT;
    var m = 0.0;
    var v = 0.0;
    var after = new double[GRADIENTS.length];
    for (var t = 1; t <= after.length; t++) {
      var g = GRADIENTS[t - 1] + decay * w;
      w -= RATE * shrink * w;
      m = 0.9 * m + 0.1 * g;
      v = 0.99 * v + 0.01 * g * g;
      var rate = RATE * Math.sqrt(1 - Math.pow(0.99, t)) / (1 - Math.pow(0.9, t));
      w -= rate * m / (Math.sqrt(v) + 1e-8);
      after[t - 1] = w;
    }
    return after;
  }

  @Test
  void adamFollowsItsAlgorithm() {
    var optimizer = new Optimizer.Adam(0.9, 0.99, 1e-8, Optimizer.Decay.NONE);
    assertThat(run(optimizer, role(1, true))).containsExactly(adam(0, 0), within(2e-6));
  }

  @Test
  void adamAddsDecayToTheGradient() {
    var optimizer = new Optimizer.Adam(0.9, 0.99, 1e-8, new Optimizer.Decay(0.1, false));
    assertThat(run(optimizer, role(1, true))).containsExactly(adam(0.1, 0), within(2e-6));
  }

  @Test
  void adamWKeepsDecayApartFromTheGradient() {
    var optimizer = new Optimizer.Adam(0.9, 0.99, 1e-8, new Optimizer.Decay(0.1, true));
    assertThat(run(optimizer, role(1, true))).containsExactly(adam(0, 0.1), within(2e-6));
  }

  @Test
  void normsBiasesAndScalesAreNotDecayed() {
    for (var decoupled : new boolean[] {false, true}) {
      var decay = new Optimizer.Decay(0.1, decoupled);
      var optimizer = new Optimizer.Adam(0.9, 0.99, 1e-8, decay);
      assertThat(run(optimizer, role(1, false))).containsExactly(adam(0, 0), within(2e-6));
    }
  }

  private static double[] descend(
      double momentum, boolean nesterov, double rate, UnaryOperator<Double> pull) {
    var w = WEIGHT;
    var v = 0.0;
    var after = new double[GRADIENTS.length];
    for (var t = 0; t < after.length; t++) {
      var g = GRADIENTS[t] + pull.apply(w);
      v = momentum * v + g;
      w -= rate * (nesterov ? g + momentum * v : v);
      after[t] = w;
    }
    return after;
  }

  @Test
  void sgdFollowsMomentumAndNesterov() {
    for (var nesterov : new boolean[] {false, true}) {
      var optimizer = new Optimizer.Sgd(0.9, nesterov, Optimizer.Decay.NONE);
      assertThat(run(optimizer, role(1, true)))
          .containsExactly(descend(0.9, nesterov, RATE, w -> 0.0), within(2e-6));
    }
  }

  @Test
  void sgdAddsDecayAndUsesTheRateFactor() {
    var optimizer = new Optimizer.Sgd(0.5, true, new Optimizer.Decay(0.1, false));
    assertThat(run(optimizer, role(0.1, true)))
        .containsExactly(descend(0.5, true, 0.1 * RATE, w -> 0.1 * w), within(2e-6));
  }
}
