package org.openmargin.trainer;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.openmargin.nn.Mode;
import org.openmargin.nn.Net;
import org.openmargin.nn.OpenSetNetwork;
import org.openmargin.nn.Variable;
import org.openmargin.nn.VariableFile;
import org.openmargin.nn.Variables;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Session;
import org.tensorflow.Tensor;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TString;
import org.tensorflow.types.TUint8;

/**
 * The graph of a trained network, for any number of images.
 *
 * @param pixels [-1, height, width, channels]
 * @param prototypes of the head, [C, d]
 * @param isCosine see {@link org.openmargin.nn.OpenSetLoss#isCosine}
 * @param model its variables
 */
record InferenceGraph(
    Graph graph,
    Placeholder<TUint8> pixels,
    OpenSetNetwork.Endpoints endpoints,
    Optional<Operand<TFloat32>> prototypes,
    boolean isCosine,
    List<Variable> model,
    VariableFile file)
    implements AutoCloseable {

  static InferenceGraph of(OpenSetNetwork network) {
    var graph = new Graph();
    var tf = Ops.create(graph);
    var input = network.input();
    var shape = Shape.of(-1, input.height(), input.width(), input.channels());
    var variables = new Variables(tf, 0);
    var pixels = tf.placeholder(TUint8.class, Placeholder.shape(shape));
    var net = Net.root(tf, variables, new Mode.Inference());
    var endpoints = network.endpoints(net, pixels);
    var prototypes = network.prototypes(net, endpoints.embeddings());
    var model = variables.model();
    var file = VariableFile.of(tf, model);
    var cosine = network.head().isCosine();
    return new InferenceGraph(graph, pixels, endpoints, prototypes, cosine, model, file);
  }

  /**
   * Loads weights.
   *
   * @param variables prefix of a checkpoint's variables
   * @throws TrainingException if the files are missing, damaged, or of another network
   */
  void restore(Session session, Path variables) {
    Checkpoint.restore(file, session, variables);
  }

  /** Gives the variables their first values. */
  void initialize(Session session) {
    var runner = session.runner();
    model.forEach(variable -> runner.addTarget(variable.initialize()));
    runner.run().close();
  }

  /**
   * Writes a checkpoint's variables, with these values in place of those of the session.
   *
   * @param values of every variable of the network, by name
   */
  void save(Session session, Map<String, float[]> values, Path variables) {
    var fed = new ArrayList<Tensor>();
    try (var prefix = TString.scalarOf(variables.toString())) {
      var runner = session.runner().feed(file.prefix(), prefix).addTarget(file.save());
      for (var variable : model) {
        var elements = DataBuffers.of(values.get(variable.name()));
        fed.add(TFloat32.tensorOf(variable.shape(), elements));
        runner.feed(variable.value(), fed.get(fed.size() - 1));
      }
      runner.run().close();
    } finally {
      fed.forEach(Tensor::close);
    }
  }

  @Override
  public void close() {
    graph.close();
  }
}
