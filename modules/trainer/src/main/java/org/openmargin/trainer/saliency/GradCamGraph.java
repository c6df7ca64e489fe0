package org.openmargin.trainer.saliency;

import org.openmargin.nn.Mode;
import org.openmargin.nn.Net;
import org.openmargin.nn.OpenSetNetwork;
import org.openmargin.nn.StagedBackbone;
import org.openmargin.nn.VariableFile;
import org.openmargin.nn.Variables;
import org.openmargin.nn.saliency.HeatMap;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.TUint8;

/**
 * The graph of {@link GradCam}, for any number of images.
 *
 * @param pixels [-1, height, width, channels]
 * @param classes [-1]: the class whose logit is explained, for each image
 * @param scaled [-1, h, w], see {@link HeatMap#scaled}
 */
record GradCamGraph(
    Graph graph,
    Placeholder<TUint8> pixels,
    Placeholder<TInt32> classes,
    HeatMap found,
    Operand<TFloat32> scaled,
    VariableFile file)
    implements AutoCloseable {

  static GradCamGraph of(OpenSetNetwork network, StagedBackbone backbone) {
    var graph = new Graph();
    var tf = Ops.create(graph);
    var input = network.input();
    var shape = Shape.of(-1, input.height(), input.width(), input.channels());
    var variables = new Variables(tf, 0);
    var net = Net.root(tf, variables, new Mode.Inference());
    var pixels = tf.placeholder(TUint8.class, Placeholder.shape(shape));
    var classes = tf.placeholder(TInt32.class, Placeholder.shape(Shape.of(-1)));
    var found = HeatMap.of(net, network, backbone, net.cast(pixels, TFloat32.class), classes);
    var file = VariableFile.of(tf, variables.model());
    return new GradCamGraph(graph, pixels, classes, found, found.scaled(), file);
  }

  @Override
  public void close() {
    graph.close();
  }
}
