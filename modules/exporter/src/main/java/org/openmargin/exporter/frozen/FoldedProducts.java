package org.openmargin.exporter.frozen;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tensorflow.proto.AttrValue;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.NodeDef;

/**
 * Takes batch norms with fixed statistics into the product before them, as {@link FoldedNorms} does
 * for convolutions: a convolution whose output is one place is a product, in the shape of a map:
 * {@code norm(map(x W)) = map(x W f + b)}.
 *
 * <p>A norm stays where others read the product, or its own gradient is wanted.
 */
final class FoldedProducts {
  private static final String PRODUCT = "MatMul";
  private static final String MAP = "Reshape";

  private final GraphNodes nodes;
  private final Map<String, NodeDef> changed = new LinkedHashMap<>();
  private final Map<List<String>, FoldedKernel> kernels = new LinkedHashMap<>();
  private final List<NodeDef> added = new ArrayList<>();

  private FoldedProducts(GraphNodes nodes) {
    this.nodes = nodes;
  }

  /**
   * A norm and what is before it.
   *
   * @param map gives the product the shape of a map
   */
  private record Chain(NodeDef norm, NodeDef map, NodeDef product) {}

  static GraphDef of(GraphDef graph) {
    var folding = new FoldedProducts(GraphNodes.of(graph));
    graph.getNodeList().forEach(node -> folding.chain(node).ifPresent(folding::fold));
    var folded = graph.toBuilder().clearNode();
    for (var kernel : folding.kernels.values()) {
      folded.addNode(kernel.kernelNode()).addNode(kernel.biasNode());
    }
    folded.addAllNode(folding.added);
    for (var node : graph.getNodeList()) {
      folded.addNode(folding.changed.getOrDefault(node.getName(), node));
    }
    return folded.build();
  }

  private Optional<Chain> chain(NodeDef norm) {
    if (!norm.getOp().equals(FoldedNorms.NORM)
        || !FoldedNorms.fixed(norm)
        || !nodes.constants(norm, 1, 5)) {
      return Optional.empty();
    }
    return nodes
        .first(norm, 0, MAP)
        .filter(map -> nodes.constants(map, 1, 2) && alone(map))
        .flatMap(
            map ->
                nodes
                    .first(map, 0, PRODUCT)
                    .filter(product -> nodes.constants(product, 1, 2) && alone(product))
                    .filter(product -> !isTransposed(product))
                    .map(product -> new Chain(norm, map, product)))
        .filter(found -> nodes.readersOf(norm).stream().allMatch(r -> readsFirst(r, norm)));
  }

  /** Whether one node reads it, in one place. */
  private boolean alone(NodeDef node) {
    return nodes.readersOf(node).size() == 1;
  }

  private static boolean isTransposed(NodeDef product) {
    return product.getAttrOrDefault("transpose_b", AttrValue.getDefaultInstance()).getB();
  }

  private static boolean readsFirst(NodeDef reader, NodeDef norm) {
    return reader.getInputList().stream().noneMatch(i -> i.startsWith(norm.getName() + ":"));
  }

  private void fold(Chain chain) {
    var norm = chain.norm();
    var product = chain.product();
    var key = new ArrayList<>(norm.getInputList().subList(1, 5));
    key.add(product.getInput(1));
    var name = product.getInput(1) + ".product" + kernels.size();
    var folded =
        kernels.computeIfAbsent(
            List.copyOf(key), names -> FoldedKernel.of(name, product, norm, nodes));
    var sum =
        NodeDef.newBuilder()
            .setName(norm.getName() + ".sum")
            .setOp("BiasAdd")
            .setDevice(norm.getDevice())
            .addInput(product.getName())
            .addInput(folded.biasNode().getName())
            .putAttr("T", norm.getAttrOrThrow("T"))
            .build();
    added.add(sum);
    changed.put(
        product.getName(), product.toBuilder().setInput(1, folded.kernelNode().getName()).build());
    changed.put(
        norm.getName(),
        chain.map().toBuilder().setName(norm.getName()).setInput(0, sum.getName()).build());
  }
}
