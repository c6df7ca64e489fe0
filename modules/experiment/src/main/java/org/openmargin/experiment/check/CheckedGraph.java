package org.openmargin.experiment.check;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.openmargin.nn.Mode;
import org.openmargin.nn.Net;
import org.openmargin.nn.Norms;
import org.openmargin.nn.OpenSetNetwork;
import org.openmargin.nn.Variable;
import org.openmargin.nn.VariableFile;
import org.openmargin.nn.Variables;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Output;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TString;

/** A network on a few random images, in a graph and a session of its own. */
final class CheckedGraph implements AutoCloseable {
  private final Graph graph = new Graph();
  private final Session session = new Session(graph);
  private final Ops tf = Ops.create(graph);
  private final OpenSetNetwork network;
  private final Variables variables;

  CheckedGraph(OpenSetNetwork network, long seed) {
    this.network = network;
    this.variables = new Variables(tf, seed);
  }

  /** [count, height, width, channels], the same numbers in every graph. */
  Operand<TFloat32> images(int first, int count) {
    var input = network.input();
    var random = new Random(1);
    var unused = random.doubles((long) first * input.bytes()).sum();
    var pixels = new float[count * input.bytes()];
    for (var i = 0; i < pixels.length; i++) {
      pixels[i] = random.nextInt(256);
    }
    var shape = Shape.of(count, input.height(), input.width(), input.channels());
    return tf.constant(shape, DataBuffers.of(pixels));
  }

  Net training(Norms norms) {
    return Net.root(tf, variables, new Mode.Training(tf.constant(0L), norms));
  }

  Operand<TFloat32> loss(int images, int classes) {
    var labels = IntStream.range(0, images).map(i -> i % classes).toArray();
    return network.loss(training(Norms.MAIN), images(0, images), tf.constant(labels));
  }

  OpenSetNetwork.Endpoints endpoints(Operand<TFloat32> images, boolean trains) {
    var net = trains ? training(Norms.FROZEN) : Net.root(tf, variables, new Mode.Inference());
    return network.endpoints(net, images);
  }

  List<Variable> trained() {
    return variables.trained();
  }

  void initialize() {
    var runner = session.runner();
    variables.all().forEach(variable -> runner.addTarget(variable.initialize()));
    runner.run().close();
  }

  float[] value(Operand<TFloat32> x) {
    try (var result = session.runner().fetch(x).run()) {
      var tensor = (TFloat32) result.get(0);
      var values = new float[Math.toIntExact(tensor.size())];
      tensor.copyTo(DataBuffers.of(values, false, false));
      return values;
    }
  }

  void assign(Variable variable, float[] values) {
    var constant = tf.constant(variable.shape(), DataBuffers.of(values));
    session.runner().addTarget(tf.assignVariableOp(variable.handle(), constant)).run().close();
  }

  /**
   * @throws RuntimeException if an operation on the way has no gradient
   */
  List<Operand<TFloat32>> gradients(Operand<TFloat32> y, List<Variable> of) {
    var x = of.stream().map(variable -> variable.value().asOutput()).toArray(Output<?>[]::new);
    var gradients = new ArrayList<Operand<TFloat32>>();
    for (var gradient : graph.addGradients(y.asOutput(), x)) {
      gradients.add(gradient.expect(TFloat32.class));
    }
    return gradients;
  }

  void save(Path prefix) {
    var file = VariableFile.of(tf, variables.model());
    run(prefix, file.prefix(), file.save());
  }

  void restore(Path prefix) {
    var file = VariableFile.of(tf, variables.model());
    run(prefix, file.prefix(), file.restore());
  }

  private void run(Path prefix, Operand<TString> place, Op operation) {
    try (var path = TString.scalarOf(prefix.toString())) {
      session.runner().feed(place, path).addTarget(operation).run().close();
    }
  }

  @Override
  public void close() {
    session.close();
    graph.close();
  }
}
