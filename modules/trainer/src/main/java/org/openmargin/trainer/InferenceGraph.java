package org.openmargin.trainer;

import java.nio.file.Path;
import java.util.Optional;
import org.openmargin.nn.Mode;
import org.openmargin.nn.Net;
import org.openmargin.nn.OpenSetNetwork;
import org.openmargin.nn.VariableFile;
import org.openmargin.nn.Variables;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TUint8;

/**
 * The graph of a trained network, for any number of images.
 *
 * @param pixels [-1, height, width, channels]
 * @param prototypes of the head, [C, d]
 */
record InferenceGraph(
    Graph graph,
    Placeholder<TUint8> pixels,
    OpenSetNetwork.Endpoints endpoints,
    Optional<Operand<TFloat32>> prototypes,
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
    return new InferenceGraph(
        graph, pixels, endpoints, prototypes, VariableFile.of(tf, variables.model()));
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

  @Override
  public void close() {
    graph.close();
  }
}
