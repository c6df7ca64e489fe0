package org.openmargin.serving;

import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.MetaGraphDef;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.proto.SignatureDef;
import org.tensorflow.proto.TensorInfo;
import org.tensorflow.proto.TensorProto;

/**
 * What can be said of a serving graph without running it.
 *
 * @param meta the graph with its signatures
 */
record GraphContract(MetaGraphDef meta) {

  private static final Map<String, DataType> IMAGE_OUTPUTS =
      Map.of(
          "probabilities", DataType.DT_FLOAT,
          "logits", DataType.DT_FLOAT,
          "embedding", DataType.DT_FLOAT,
          "label", DataType.DT_STRING,
          "label_index", DataType.DT_INT64,
          "best_known_label", DataType.DT_STRING,
          "best_known_index", DataType.DT_INT64,
          "is_unknown", DataType.DT_BOOL,
          "unknown_score", DataType.DT_FLOAT);

  private static final Map<String, Map<String, DataType>> INPUTS =
      Map.of(
          ModelContract.DEFAULT, Map.of("images", DataType.DT_UINT8),
          ModelContract.BYTES, Map.of("image_bytes", DataType.DT_STRING),
          ModelContract.THRESHOLD,
              Map.of("images", DataType.DT_UINT8, "threshold", DataType.DT_FLOAT),
          ModelContract.DESCRIBE, Map.of("query", DataType.DT_STRING));

  private static final Map<String, Map<String, DataType>> MORE_OUTPUTS =
      Map.of(
          ModelContract.BYTES, Map.of("input_ok", DataType.DT_BOOL),
          ModelContract.DESCRIBE,
              Map.of(
                  "model", DataType.DT_STRING,
                  "scorer", DataType.DT_STRING,
                  "class_names", DataType.DT_STRING,
                  "alpha", DataType.DT_DOUBLE,
                  "threshold", DataType.DT_DOUBLE,
                  "description", DataType.DT_STRING));

  /** All findings, good and bad. */
  List<Finding> check() {
    var findings = new ArrayList<Finding>();
    findings.add(tag());
    new TreeSet<>(INPUTS.keySet()).forEach(name -> findings.add(signature(name)));
    findings.add(noTraining());
    findings.add(finiteConstants());
    findings.add(variables());
    return findings;
  }

  private Finding tag() {
    var info = meta.getMetaInfoDef();
    return finding(
        "tag 'serve', written by TensorFlow " + info.getTensorflowVersion(),
        info.getTagsList().contains(ModelContract.TAG)
            ? List.of()
            : List.of("the graph's tags are " + info.getTagsList() + ", not 'serve'"));
  }

  private Finding signature(String name) {
    if (!meta.containsSignatureDef(name)) {
      return new Finding(false, "there is no signature " + name);
    }
    var signature = meta.getSignatureDefOrThrow(name);
    var problems = new ArrayList<String>();
    if (!signature.getMethodName().equals(ModelContract.METHOD)) {
      problems.add("its method name is '" + signature.getMethodName() + "'");
    }
    problems.addAll(differences("input", INPUTS.get(name), signature.getInputsMap()));
    problems.addAll(differences("output", outputs(name), signature.getOutputsMap()));
    problems.addAll(withoutBatch(signature));
    var what = "signature %s: names, types, method, every tensor has the batch as dimension 0";
    return finding(what.formatted(name), problems, "signature " + name + ": ");
  }

  private static Map<String, DataType> outputs(String signature) {
    var all = new HashMap<>(MORE_OUTPUTS.getOrDefault(signature, Map.of()));
    if (!signature.equals(ModelContract.DESCRIBE)) {
      all.putAll(IMAGE_OUTPUTS);
    }
    return all;
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
        problems.add("%s %s is not known".formatted(kind, name));
      } else if (actual.get(name).getDtype() != wanted.get(name)) {
        problems.add(
            "%s %s is %s, not %s"
                .formatted(kind, name, actual.get(name).getDtype(), wanted.get(name)));
      }
    }
    return problems;
  }

  private static List<String> withoutBatch(SignatureDef signature) {
    return Stream.concat(
            signature.getInputsMap().entrySet().stream(),
            signature.getOutputsMap().entrySet().stream())
        .filter(entry -> !hasBatch(entry.getValue()))
        .map(entry -> entry.getKey() + " has not the batch as dimension 0")
        .toList();
  }

  private static boolean hasBatch(TensorInfo info) {
    var shape = info.getTensorShape();
    return !shape.getUnknownRank() && shape.getDimCount() > 0 && shape.getDim(0).getSize() == -1;
  }

  private Finding noTraining() {
    var found = new TreeSet<String>();
    nodes().map(NodeDef::getOp).filter(GraphContract::belongsToTraining).forEach(found::add);
    return finding(
        "no training, gradient or random operations",
        found.isEmpty() ? List.of() : List.of("operations that serving must not have: " + found));
  }

  private static boolean belongsToTraining(String op) {
    return op.contains("Apply")
        || op.contains("Backprop")
        || op.contains("Random")
        || op.endsWith("Grad")
        || op.endsWith("GradV3")
        || op.equals("Multinomial");
  }

  private Finding finiteConstants() {
    var bad =
        nodes()
            .filter(node -> node.getOp().equals("Const"))
            .filter(node -> !isFinite(node.getAttrOrThrow("value").getTensor()))
            .map(NodeDef::getName)
            .toList();
    return finding(
        "constants are finite",
        bad.isEmpty() ? List.of() : List.of("constants that are not finite: " + bad));
  }

  private static boolean isFinite(TensorProto tensor) {
    var content = tensor.getTensorContent().asReadOnlyByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
    var values =
        switch (tensor.getDtype()) {
          case DT_FLOAT -> {
            var floats = content.asFloatBuffer();
            yield DoubleStream.concat(
                DoubleStream.generate(floats::get).limit(floats.remaining()),
                tensor.getFloatValList().stream().mapToDouble(Float::doubleValue));
          }
          case DT_DOUBLE -> {
            var doubles = content.asDoubleBuffer();
            yield DoubleStream.concat(
                DoubleStream.generate(doubles::get).limit(doubles.remaining()),
                tensor.getDoubleValList().stream().mapToDouble(Double::doubleValue));
          }
          default -> DoubleStream.empty();
        };
    return values.allMatch(Double::isFinite);
  }

  private Finding variables() {
    var count = nodes().filter(node -> node.getOp().equals("VarHandleOp")).count();
    var listed = meta.getCollectionDefOrDefault("variables", null);
    var collected = listed == null ? 0 : listed.getBytesList().getValueCount();
    return finding(
        count + " variables, all in the collection 'variables'",
        count > 0 && count == collected
            ? List.of()
            : List.of(count + " variables in the graph, " + collected + " in the collection"));
  }

  private Stream<NodeDef> nodes() {
    var graph = meta.getGraphDef();
    return Stream.concat(
        graph.getNodeList().stream(),
        graph.getLibrary().getFunctionList().stream().flatMap(f -> f.getNodeDefList().stream()));
  }

  private static Finding finding(String what, List<String> problems) {
    return finding(what, problems, "");
  }

  private static Finding finding(String what, List<String> problems, String prefix) {
    return problems.isEmpty()
        ? new Finding(true, what)
        : new Finding(false, prefix + String.join("; ", problems));
  }

  /** Names of the signatures of the contract. */
  static Set<String> signatures() {
    return INPUTS.keySet();
  }
}
