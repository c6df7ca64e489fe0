package org.openmargin.serving;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.openmargin.serving.ModelContract.Signature;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.MetaGraphDef;
import org.tensorflow.proto.SignatureDef;
import org.tensorflow.proto.TensorInfo;

/** Compares a signature of a graph with the contract. */
record SignatureCheck(Signature wanted) {

  Finding of(MetaGraphDef meta) {
    var name = wanted.name();
    if (!meta.containsSignatureDef(name)) {
      return new Finding(false, "there is no signature " + name);
    }
    var problems = problems(meta.getSignatureDefOrThrow(name));
    return problems.isEmpty()
        ? new Finding(
            true,
            "signature %s: names, types, method, every tensor has the batch as dimension 0"
                .formatted(name))
        : new Finding(false, "signature " + name + ": " + String.join("; ", problems));
  }

  private List<String> problems(SignatureDef signature) {
    var problems = new ArrayList<String>();
    if (!signature.getMethodName().equals(wanted.method())) {
      problems.add("its method name is '" + signature.getMethodName() + "'");
    }
    problems.addAll(differences("input", wanted.inputs(), signature.getInputsMap()));
    problems.addAll(differences("output", wanted.outputs(), signature.getOutputsMap()));
    Stream.of(signature.getInputsMap(), signature.getOutputsMap())
        .flatMap(tensors -> tensors.entrySet().stream())
        .filter(tensor -> !hasBatch(tensor.getValue()))
        .forEach(tensor -> problems.add(tensor.getKey() + " lacks the batch as dimension 0"));
    return problems;
  }

  private static List<String> differences(
      String kind, Map<String, DataType> wanted, Map<String, TensorInfo> actual) {
    var names = new TreeSet<>(wanted.keySet());
    names.addAll(actual.keySet());
    var problems = new ArrayList<String>();
    for (var name : names) {
      if (!actual.containsKey(name)) {
        problems.add("%s %s is missing".formatted(kind, name));
      } else if (!wanted.containsKey(name)) {
        problems.add("%s %s is not in the contract".formatted(kind, name));
      } else if (actual.get(name).getDtype() != wanted.get(name)) {
        problems.add(
            "%s %s is %s, not %s"
                .formatted(kind, name, actual.get(name).getDtype(), wanted.get(name)));
      }
    }
    return problems;
  }

  private static boolean hasBatch(TensorInfo info) {
    var shape = info.getTensorShape();
    return !shape.getUnknownRank() && shape.getDimCount() > 0 && shape.getDim(0).getSize() == -1;
  }
}
