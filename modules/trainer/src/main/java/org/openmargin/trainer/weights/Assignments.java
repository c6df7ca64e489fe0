package org.openmargin.trainer.weights;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.openmargin.nn.Variable;
import org.openmargin.nn.Variables;
import org.tensorflow.Session;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;

/**
 * The operations of a training graph that give variables other first values; the averages of these
 * variables start from them, too.
 */
public final class Assignments {
  private final List<One> all;

  /**
   * @param values fed to {@code value}
   */
  @SuppressWarnings("ArrayRecordComponent") // large, read-only by contract, never compared
  private record One(Variable variable, Placeholder<TFloat32> value, Op assign, float[] values) {}

  private Assignments(List<One> all) {
    this.all = List.copyOf(all);
  }

  /**
   * Adds them to a graph.
   *
   * @param values by name of the variable
   */
  public static Assignments of(Ops tf, Variables variables, Map<String, float[]> values) {
    var all = new ArrayList<One>();
    if (!values.isEmpty()) {
      for (var variable : variables.all()) {
        var name = variable.role() instanceof Variable.Average a ? a.of() : variable.name();
        if (values.containsKey(name)) {
          var fed = tf.placeholder(TFloat32.class, Placeholder.shape(variable.shape()));
          var assign = tf.assignVariableOp(variable.handle(), fed);
          all.add(new One(variable, fed, assign, values.get(name)));
        }
      }
    }
    return new Assignments(all);
  }

  /** Runs them. */
  public void run(Session session) {
    for (var one : all) {
      try (var fed = TFloat32.tensorOf(one.variable().shape(), DataBuffers.of(one.values()))) {
        session.runner().feed(one.value(), fed).addTarget(one.assign()).run().close();
      }
    }
  }
}
