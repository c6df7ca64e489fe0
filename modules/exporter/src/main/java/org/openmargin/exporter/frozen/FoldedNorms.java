package org.openmargin.exporter.frozen;

import com.google.protobuf.ByteString;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tensorflow.proto.AttrValue;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.NodeDef;

/**
 * Takes batch norms with fixed statistics into the convolution before them: {@code norm(conv(x, K))
 * = conv(x, K f) + b} with {@code f = scale / sqrt(variance + epsilon)} and {@code b = offset -
 * mean f} for each output channel. The same for gradients: the gradient of the norm multiplies by
 * f. Where the output is one place, {@link FoldedProducts} does the same.
 *
 * <p>A norm stays where its convolution is read by others, or is not followed by it.
 */
final class FoldedNorms {
  static final String NORM = "FusedBatchNormV3";
  private static final String NORM_GRADIENT = "FusedBatchNormGradV3";
  private static final String CONV = "Conv2D";
  private static final String CONV_GRADIENT = "Conv2DBackpropInput";

  private static final AttrValue CHANNELS_LAST =
      AttrValue.newBuilder().setS(ByteString.copyFromUtf8("NHWC")).build();

  private final GraphNodes nodes;
  private final Map<String, NodeDef> changed = new LinkedHashMap<>();
  private final Map<List<String>, FoldedKernel> kernels = new LinkedHashMap<>();

  private FoldedNorms(GraphNodes nodes) {
    this.nodes = nodes;
  }

  /**
   * A norm and the convolution before it.
   *
   * @param gradients of the norm
   */
  private record Pair(NodeDef norm, NodeDef conv, List<NodeDef> gradients) {}

  static GraphDef of(GraphDef graph) {
    var folding = new FoldedNorms(GraphNodes.of(graph));
    graph.getNodeList().forEach(node -> folding.pair(node).ifPresent(folding::fold));
    var folded = graph.toBuilder().clearNode();
    for (var kernel : folding.kernels.values()) {
      folded.addNode(kernel.kernelNode()).addNode(kernel.biasNode());
    }
    for (var node : graph.getNodeList()) {
      folded.addNode(folding.changed.getOrDefault(node.getName(), node));
    }
    return folded.build();
  }

  private Optional<Pair> pair(NodeDef norm) {
    if (!norm.getOp().equals(NORM) || !fixed(norm)) {
      return Optional.empty();
    }
    return nodes
        .first(norm, 0, CONV)
        .filter(conv -> nodes.constants(conv, 1, 2) && nodes.constants(norm, 1, 5))
        .flatMap(conv -> alone(norm, conv));
  }

  static boolean fixed(NodeDef norm) {
    return norm.containsAttr("is_training")
        && !norm.getAttrOrThrow("is_training").getB()
        && norm.getAttrOrDefault("data_format", CHANNELS_LAST).equals(CHANNELS_LAST);
  }

  /** If nobody reads the convolution but the norm and its gradients, which can be folded too. */
  private Optional<Pair> alone(NodeDef norm, NodeDef conv) {
    var gradients =
        nodes.readersOf(conv).stream()
            .filter(node -> !node.getName().equals(norm.getName()))
            .toList();
    var foldable = gradients.stream().allMatch(gradient -> foldable(gradient, norm, conv));
    var read = nodes.readersOf(norm).stream().allMatch(reader -> readsFirst(reader, norm));
    return foldable && read ? Optional.of(new Pair(norm, conv, gradients)) : Optional.empty();
  }

  /** Reads the norm's result, or is its gradient, which reads what the norm keeps for it. */
  private static boolean readsFirst(NodeDef reader, NodeDef norm) {
    return reader.getOp().equals(NORM_GRADIENT)
        || reader.getInputList().stream().noneMatch(i -> i.startsWith(norm.getName() + ":"));
  }

  private boolean foldable(NodeDef gradient, NodeDef norm, NodeDef conv) {
    return gradient.getOp().equals(NORM_GRADIENT)
        && fixed(gradient)
        && gradient.getInput(1).equals(norm.getInput(0))
        && nodes.readersOf(gradient).stream()
            .allMatch(
                reader ->
                    reader.getOp().equals(CONV_GRADIENT)
                        && reader.getInput(1).equals(conv.getInput(1))
                        && reader.getInput(2).equals(gradient.getName()));
  }

  private void fold(Pair pair) {
    var conv = pair.conv();
    var norm = pair.norm();
    var key = new ArrayList<>(norm.getInputList().subList(1, 5));
    key.add(conv.getInput(1));
    var folded = kernels.computeIfAbsent(List.copyOf(key), names -> kernel(norm, conv));
    changed.put(
        conv.getName(), conv.toBuilder().setInput(1, folded.kernelNode().getName()).build());
    changed.put(
        norm.getName(),
        NodeDef.newBuilder()
            .setName(norm.getName())
            .setOp("BiasAdd")
            .setDevice(norm.getDevice())
            .addInput(conv.getName())
            .addInput(folded.biasNode().getName())
            .putAttr("T", norm.getAttrOrThrow("T"))
            .build());
    for (var gradient : pair.gradients()) {
      for (var reader : nodes.readersOf(gradient)) {
        changed.put(
            reader.getName(),
            reader.toBuilder()
                .setInput(1, folded.kernelNode().getName())
                .setInput(2, gradient.getInput(0))
                .build());
      }
    }
  }

  private FoldedKernel kernel(NodeDef norm, NodeDef conv) {
    return FoldedKernel.of(conv.getInput(1) + ".folded" + kernels.size(), conv, norm, nodes);
  }
}
