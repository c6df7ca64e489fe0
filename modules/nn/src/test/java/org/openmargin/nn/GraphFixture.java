package org.openmargin.nn;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Output;
import org.tensorflow.RawTensor;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt64;

/** A fresh graph with its variables and a session, for one test. */
public final class GraphFixture implements AutoCloseable {
  private final Graph graph = new Graph();
  private final Session session = new Session(graph);
  private final Ops tf = Ops.create(graph);
  private final Operand<TInt64> step =
      tf.placeholder(TInt64.class, Placeholder.shape(Shape.scalar()));
  private final Variables variables;

  /** A fixture whose experiment has the seed 7. */
  public GraphFixture() {
    this(7);
  }

  /** A fixture whose experiment has that seed. */
  public GraphFixture(long seed) {
    variables = new Variables(tf, seed);
  }

  /** The root of a float32 network in training. */
  public Net training() {
    return Net.root(tf, variables, new Mode.Training(step));
  }

  /** The root of a float32 network in inference. */
  public Net inference() {
    return Net.root(tf, variables, new Mode.Inference());
  }

  public Ops tf() {
    return tf;
  }

  public Graph graph() {
    return graph;
  }

  public Session session() {
    return session;
  }

  public Variables variables() {
    return variables;
  }

  /** A constant of that shape, in row-major order. */
  public Operand<TFloat32> tensor(double[] values, long... shape) {
    var floats = new float[values.length];
    for (var i = 0; i < values.length; i++) {
      floats[i] = (float) values[i];
    }
    return tf.constant(Shape.of(shape), DataBuffers.of(floats));
  }

  /** Initialises all variables. */
  public void initialize() {
    var runner = session.runner();
    variables.all().forEach(v -> runner.addTarget(v.initialize()));
    runner.run().close();
  }

  /** Sets a variable. */
  public void assign(String name, double... values) {
    var variable = variable(name);
    var value = tensor(values, variable.shape().asArray());
    session.runner().addTarget(tf.assignVariableOp(variable.handle(), value)).run().close();
  }

  /** The variable of that name. */
  public Variable variable(String name) {
    return variables.all().stream().filter(v -> v.name().equals(name)).findFirst().orElseThrow();
  }

  /** The current value of a variable. */
  public double[] value(String name) {
    return value(variable(name).value());
  }

  /** The operand's elements, in row-major order, at step 0. */
  public double[] value(Operand<TFloat32> x) {
    return values(0, List.of(x)).get(0);
  }

  /** The elements of several operands, evaluated together at that step. */
  public List<double[]> values(long atStep, List<? extends Operand<TFloat32>> operands) {
    try (var number = TInt64.scalarOf(atStep)) {
      var runner = session.runner().feed(step, number);
      operands.forEach(runner::fetch);
      try (var result = runner.run()) {
        var values = new ArrayList<double[]>();
        result.forEach(entry -> values.add(doubles(entry.getValue().asRawTensor())));
        return values;
      }
    }
  }

  /** Runs the operations of every training step, for example updates of running statistics. */
  public void update(long atStep) {
    try (var number = TInt64.scalarOf(atStep)) {
      var runner = session.runner().feed(step, number);
      variables.updates().forEach(runner::addTarget);
      runner.run().close();
    }
  }

  /** Gradients of the sum of {@code y}. */
  public List<Operand<TFloat32>> gradients(
      Operand<TFloat32> y, List<? extends Operand<TFloat32>> of) {
    var x = of.stream().map(Operand::asOutput).toArray(Output<?>[]::new);
    var gradients = new ArrayList<Operand<TFloat32>>();
    for (var gradient : graph.addGradients(y.asOutput(), x)) {
      gradients.add(tf.dtypes.cast(gradient.expect(TFloat32.class), TFloat32.class));
    }
    return gradients;
  }

  /** Numbers between -2 and 2 that float32 holds exactly, the same for the same seed. */
  public static double[] noise(long seed, int count) {
    return new Random(seed).doubles(count).map(u -> (float) (4 * u - 2)).toArray();
  }

  private static double[] doubles(RawTensor tensor) {
    var floats = new float[(int) tensor.shape().size()];
    tensor.data().asFloats().read(floats);
    var values = new double[floats.length];
    for (var i = 0; i < floats.length; i++) {
      values[i] = floats[i];
    }
    return values;
  }

  @Override
  public void close() {
    session.close();
    graph.close();
  }
}
