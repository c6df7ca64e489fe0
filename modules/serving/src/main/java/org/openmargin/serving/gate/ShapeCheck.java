package org.openmargin.serving.gate;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.openmargin.serving.Finding;
import org.openmargin.serving.ModelException;
import org.openmargin.serving.TensorFlowCall;
import org.tensorflow.Graph;
import org.tensorflow.Output;
import org.tensorflow.proto.MetaGraphDef;
import org.tensorflow.proto.TensorInfo;
import org.tensorflow.proto.TensorShapeProto;

/**
 * Whether the signatures declare the types and shapes that the graph has. TensorFlow reads the
 * graph for that, but runs nothing of it.
 */
record ShapeCheck(MetaGraphDef meta) {

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
    problems.sort(null);
    return Finding.of("signatures declare what the graph has", problems);
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
