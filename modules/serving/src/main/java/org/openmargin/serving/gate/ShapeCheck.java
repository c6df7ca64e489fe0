package org.openmargin.serving.gate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.openmargin.serving.Finding;
import org.openmargin.serving.ModelException;
import org.openmargin.serving.TensorFlowCall;
import org.tensorflow.Graph;
import org.tensorflow.Operation;
import org.tensorflow.Output;
import org.tensorflow.proto.MetaGraphDef;
import org.tensorflow.proto.TensorInfo;
import org.tensorflow.proto.TensorShapeProto;

/**
 * Whether the signatures declare the types and shapes that the graph has, and no tensor is larger
 * than a model needs. TensorFlow reads the graph for that, but runs nothing of it.
 */
record ShapeCheck(MetaGraphDef meta) {
  /** Elements of a tensor that does not depend on the batch. */
  private static final double MOST = 1L << 28;

  Finding check() {
    try (var graph = new Graph()) {
      return TensorFlowCall.of(
          "the graph is none",
          () -> {
            graph.importGraphDef(meta.getGraphDef());
            return compared(graph);
          });
    } catch (ModelException e) {
      return new Finding(false, e.getMessage());
    }
  }

  private Finding compared(Graph graph) {
    var problems = new ArrayList<String>();
    meta.getSignatureDefMap()
        .forEach(
            (name, signature) -> {
              problems.addAll(problems(graph, name, signature.getInputsMap()));
              problems.addAll(problems(graph, name, signature.getOutputsMap()));
            });
    var most = Math.max(MOST, largestVariable());
    graph.operations().forEachRemaining(operation -> problems.addAll(huge(operation, most)));
    problems.sort(null);
    return Finding.of("signatures declare what the graph has", problems);
  }

  /** A few numbers may ask for any amount of memory. */
  private static List<String> huge(Operation operation, double most) {
    var problems = new ArrayList<String>();
    for (var i = 0; i < operation.numOutputs(); i++) {
      var shape = operation.output(i).shape();
      var elements =
          shape.isUnknown()
              ? 0
              : Arrays.stream(shape.asArray())
                  .mapToDouble(size -> Math.max(1, size))
                  .reduce(1, (a, b) -> a * b);
      if (elements > most) {
        problems.add("%s fills the memory: %s".formatted(operation.name(), shape));
      }
    }
    return problems;
  }

  /** A gallery may be large. */
  private double largestVariable() {
    return meta.getGraphDef().getNodeList().stream()
        .filter(node -> node.getOp().equals("VarHandleOp"))
        .mapToDouble(
            node ->
                node.getAttrOrThrow("shape").getShape().getDimList().stream()
                    .mapToDouble(TensorShapeProto.Dim::getSize)
                    .reduce(1, (a, b) -> a * b))
        .max()
        .orElse(0);
  }

  private static List<String> problems(
      Graph graph, String signature, Map<String, TensorInfo> tensors) {
    var problems = new ArrayList<String>();
    tensors.forEach(
        (name, declared) -> {
          var what = "signature %s: %s".formatted(signature, name);
          try {
            var real = graph.outputOrThrow(declared.getName());
            if (real.dataType().getNumber() != declared.getDtypeValue()) {
              problems.add(what + " has another type in the graph");
            }
            if (!proto(real).equals(declared.getTensorShape())) {
              problems.add(what + " has the shape %s in the graph".formatted(real.shape()));
            }
          } catch (IllegalArgumentException e) {
            problems.add(what + " is not in the graph");
          }
        });
    return problems;
  }

  private static TensorShapeProto proto(Output<?> real) {
    var shape = TensorShapeProto.newBuilder();
    if (real.shape().isUnknown()) {
      return shape.setUnknownRank(true).build();
    }
    for (var size : real.shape().asArray()) {
      shape.addDim(TensorShapeProto.Dim.newBuilder().setSize(size));
    }
    return shape.build();
  }
}
