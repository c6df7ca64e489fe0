package org.openmargin.profiler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.openmargin.profiler.HandMade.CPU;
import static org.openmargin.profiler.HandMade.graph;
import static org.openmargin.profiler.HandMade.with;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.openmargin.profiler.GraphLayers.Place;
import org.openmargin.profiler.Profile.Phase;
import org.tensorflow.proto.NodeDef;

/**
 * Two layers, each conv and norm, a loss and its gradients, as TensorFlow's optimiser leaves them.
 */
class GraphLayersTest {
  private final List<NodeDef> nodes = new ArrayList<>();

  @BeforeEach
  void network() {
    variable("data.pixels");
    add("Gather", "ResourceGather", "data.pixels", "_arg_indices");
    add("_arg_indices", "_Arg");
    variable("net.a.kernel");
    handle("net.a.kernel.adam_mean");
    variable("net.b.kernel");
    add("net/a/Conv2d", "Conv2D", "Gather", "net.a.kernel.value");
    add("net/a/Relu", "Relu", "net/a/Conv2d");
    add("net/b_1/Conv2d", "Conv2D", "net/a/Relu", "net.b.kernel.value");
    add("loss/Mean", "Mean", "net/b_1/Conv2d");
    add("Gradients/Const", "Const");
    add("Gradients/In_b", "Conv2DBackpropInput", "Gradients/Const", "net.b.kernel.value");
    add("Gradients/Filter_b", "Conv2DBackpropFilter", "net/a/Relu", "Gradients/Const");
    add("Gradients/ReluGrad", "ReluGrad", "Gradients/In_b", "net/a/Relu:0");
    add("Gradients/Filter_a", "Conv2DBackpropFilter", "Gather", "Gradients/ReluGrad");
    add("rate", "Mul", "_arg_rate", "one");
    add("_arg_rate", "_Arg");
    add("one", "Const");
    add("clip_a", "Mul", "Gradients/Filter_a", "one");
    add("Apply_a", "ResourceApplyAdam", "net.a.kernel", "net.a.kernel.adam_mean", "rate", "clip_a");
    add("Apply_b", "ResourceApplyAdam", "net.b.kernel", "rate", "Gradients/Filter_b");
    add("train_step", "NoOp", "^Apply_a", "^Apply_b", "^loss/Mean");
  }

  private void handle(String name) {
    nodes.add(with(HandMade.nodeDef(CPU, name, "VarHandleOp"), "shared_name", name));
  }

  private void variable(String name) {
    handle(name);
    add(name + ".value", "ReadVariableOp", name);
  }

  private void add(String name, String type, String... inputs) {
    nodes.add(HandMade.nodeDef(CPU, name, type, inputs));
  }

  private Map<String, Place> places() {
    return GraphLayers.of(List.of(graph(nodes.toArray(NodeDef[]::new))));
  }

  private void isPlaced(String node, String layer, Phase phase) {
    var place = places().get(node);
    assertThat(place.layer()).as(node).isEqualTo(layer);
    assertThat(place.phase()).as(node).isEqualTo(phase);
  }

  @Test
  void anOperationOfTheNetworkIsNamedAfterItsLayer() {
    isPlaced("net/a/Conv2d", "net.a", Phase.FORWARD);
    isPlaced("net/b_1/Conv2d", "net.b", Phase.FORWARD);
    isPlaced("loss/Mean", "loss", Phase.FORWARD);
  }

  @Test
  void aNumberThatIsPartOfALayersNameStays() {
    variable("net.c_2.kernel");
    add("net/c_2/Conv2d", "Conv2D", "net/a/Relu", "net.c_2.kernel.value");
    isPlaced("net/c_2/Conv2d", "net.c_2", Phase.FORWARD);
  }

  @Test
  void aVariableAndItsSlotsBelongToTheirLayer() {
    isPlaced("net.a.kernel.value", "net.a", Phase.FORWARD);
    isPlaced("net.a.kernel.adam_mean", "net.a", Phase.UPDATE);
    isPlaced("Gather", "data", Phase.FORWARD);
  }

  @Test
  void aGradientBelongsToTheWeightItChangesOrReads() {
    isPlaced("Gradients/Filter_b", "net.b", Phase.BACKWARD);
    isPlaced("Gradients/In_b", "net.b", Phase.BACKWARD);
  }

  @Test
  void aGradientThatIsClippedStillReachesItsWeight() {
    isPlaced("Gradients/Filter_a", "net.a", Phase.BACKWARD);
    isPlaced("clip_a", "net.a", Phase.UPDATE);
  }

  @Test
  void aGradientWithoutWeightsBelongsToTheActivationsItReads() {
    isPlaced("Gradients/ReluGrad", "net.a", Phase.BACKWARD);
  }

  @Test
  void aGradientWrittenInJavaIsNamedAfterItsOperation() {
    add("Gradients/net/b_1/Conv2d/Mul_3", "Mul", "net/a/Conv2d", "Gradients/Const");
    add("Gradients/Const_20/Cast", "Cast", "Gradients/Const");
    isPlaced("Gradients/net/b_1/Conv2d/Mul_3", "net.b", Phase.BACKWARD);
    isPlaced("Gradients/Const_20/Cast", "", Phase.BACKWARD);
  }

  @Test
  void aConstantSharedByLayersSaysNothingOfItsReader() {
    add("net/b_1/Const", "Const");
    add("Gradients/Scale", "Mul", "net/a/Relu", "net/b_1/Const");
    isPlaced("Gradients/Scale", "net.a", Phase.BACKWARD);
  }

  @Test
  void whatServesAllUpdatesBelongsToNoLayer() {
    isPlaced("rate", "", Phase.UPDATE);
    isPlaced("_arg_rate", "", Phase.UPDATE);
  }

  @Test
  void aConstantSharedWithGradientsDoesNotTurnItsReaderIntoAnUpdate() {
    add("draws", "Mul", "Gather", "Gradients/Const");
    isPlaced("draws", "data", Phase.FORWARD);
  }

  @Test
  void aNodeThatTheOptimiserAddedKeepsItsLayer() {
    add("ConstantFolding/net/a/Mul_recip", "Const");
    add("net/ArithmeticOptimizer/AddOpsRewrite_Add", "AddN", "net/a/Relu");
    add("ConstantFolding/Gradients/Div_recip", "Const");
    isPlaced("ConstantFolding/net/a/Mul_recip", "net.a", Phase.FORWARD);
    isPlaced("net/ArithmeticOptimizer/AddOpsRewrite_Add", "net", Phase.FORWARD);
    isPlaced("ConstantFolding/Gradients/Div_recip", "", Phase.BACKWARD);
  }

  @Test
  void aLoopInTheGraphIsNoObstacle() {
    add("merge", "Merge", "Gather", "next");
    add("next", "NextIteration", "merge");
    assertThat(places()).containsKeys("merge", "next");
    isPlaced("merge", "data", Phase.FORWARD);
  }
}
