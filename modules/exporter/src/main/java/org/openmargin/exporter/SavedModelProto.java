package org.openmargin.exporter;

import com.google.protobuf.ByteString;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.openmargin.nn.Variable;
import org.openmargin.serving.ModelContract;
import org.tensorflow.TensorFlow;
import org.tensorflow.proto.AssetFileDef;
import org.tensorflow.proto.AttrValue;
import org.tensorflow.proto.CollectionDef;
import org.tensorflow.proto.FunctionDefLibrary;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.MetaGraphDef;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.proto.OpDef;
import org.tensorflow.proto.SavedModel;
import org.tensorflow.proto.SaverDef;
import org.tensorflow.proto.SignatureDef;
import org.tensorflow.proto.TensorInfo;
import org.tensorflow.proto.VariableDef;

/**
 * {@code saved_model.pb} of a serving graph. TensorFlow Java's own exporter writes the whole graph,
 * and neither assets, nor collections of variables, nor TensorFlow's version; here the graph is cut
 * to what the signatures need, and attributes that have their default value are left out, so that
 * older versions of TensorFlow, which do not know the newest attributes, load it.
 */
public final class SavedModelProto {

  private static final int SCHEMA_VERSION = 1;
  private static final String RESTORE = "save/restore_all";

  private SavedModelProto() {}

  /**
   * @param graph of which {@code serving} is a part
   */
  public static SavedModel of(GraphDef graph, ServingGraph serving) {
    var signatures =
        serving.signatures().stream()
            .collect(
                Collectors.toMap(
                    ServingSignature::name, ServingSignature::toProto, (a, b) -> a, TreeMap::new));
    var saver = saver(serving);
    var meta =
        MetaGraphDef.newBuilder()
            .setMetaInfoDef(
                MetaGraphDef.MetaInfoDef.newBuilder()
                    .addTags(ModelContract.TAG)
                    .setTensorflowVersion(TensorFlow.version())
                    .setStrippedDefaultAttrs(true))
            .setGraphDef(withoutDefaults(pruned(graph, roots(serving, signatures, saver))))
            .setSaverDef(saver)
            .putAllSignatureDef(signatures)
            .addAssetFileDef(
                AssetFileDef.newBuilder()
                    .setFilename(ModelContract.LABELS_FILE)
                    .setTensorInfo(
                        TensorInfo.newBuilder().setName(serving.labelsFile().op().name() + ":0")));
    var assigns = assigns(graph);
    meta.putCollectionDef("variables", collection(serving.variables().all(), assigns));
    meta.putCollectionDef(
        "trainable_variables", collection(serving.variables().trained(), assigns));
    return SavedModel.newBuilder()
        .setSavedModelSchemaVersion(SCHEMA_VERSION)
        .addMetaGraphs(meta)
        .build();
  }

  private static SaverDef saver(ServingGraph serving) {
    return SaverDef.newBuilder()
        .setFilenameTensorName(serving.file().prefix().op().name() + ":0")
        .setSaveTensorName(serving.file().save().op().name() + ":0")
        .setRestoreOpName(RESTORE)
        .setVersion(SaverDef.CheckpointFormatVersion.V2)
        .build();
  }

  private static List<String> roots(
      ServingGraph serving, Map<String, SignatureDef> signatures, SaverDef saver) {
    var tensors = new HashSet<String>();
    for (var signature : signatures.values()) {
      signature.getInputsMap().values().forEach(info -> tensors.add(info.getName()));
      signature.getOutputsMap().values().forEach(info -> tensors.add(info.getName()));
    }
    tensors.add(saver.getSaveTensorName());
    tensors.add(RESTORE);
    tensors.add(serving.labelsFile().op().name());
    return tensors.stream().map(SavedModelProto::node).toList();
  }

  /** Name of the node of an input: {@code ^a}, {@code a:0} or {@code a}. */
  private static String node(String input) {
    var start = input.startsWith("^") ? 1 : 0;
    var colon = input.indexOf(':');
    return colon < 0 ? input.substring(start) : input.substring(start, colon);
  }

  private static GraphDef pruned(GraphDef graph, List<String> roots) {
    var byName =
        graph.getNodeList().stream().collect(Collectors.toMap(NodeDef::getName, node -> node));
    var kept = new HashSet<String>();
    var open = new ArrayDeque<>(roots);
    while (!open.isEmpty()) {
      var name = open.pop();
      if (kept.add(name)) {
        byName.get(name).getInputList().forEach(input -> open.push(node(input)));
      }
    }
    var nodes = graph.getNodeList().stream().filter(node -> kept.contains(node.getName())).toList();
    return graph.toBuilder()
        .clearNode()
        .addAllNode(nodes)
        .setLibrary(usedFunctions(graph.getLibrary(), nodes))
        .build();
  }

  /** The functions that a node names; none of them calls another. */
  private static FunctionDefLibrary usedFunctions(FunctionDefLibrary library, List<NodeDef> nodes) {
    Set<String> used =
        nodes.stream()
            .flatMap(node -> node.getAttrMap().values().stream())
            .filter(AttrValue::hasFunc)
            .map(attr -> attr.getFunc().getName())
            .collect(Collectors.toSet());
    return FunctionDefLibrary.newBuilder()
        .addAllFunction(
            library.getFunctionList().stream()
                .filter(f -> used.contains(f.getSignature().getName()))
                .toList())
        .build();
  }

  private static GraphDef withoutDefaults(GraphDef graph) {
    var defaults = defaults();
    var stripped = graph.toBuilder();
    stripped.getNodeBuilderList().forEach(node -> strip(node, defaults));
    stripped
        .getLibraryBuilder()
        .getFunctionBuilderList()
        .forEach(f -> f.getNodeDefBuilderList().forEach(node -> strip(node, defaults)));
    return stripped.build();
  }

  private static void strip(NodeDef.Builder node, Map<String, OpDef> defaults) {
    var op = defaults.getOrDefault(node.getOp(), OpDef.getDefaultInstance());
    for (var attr : op.getAttrList()) {
      if (attr.hasDefaultValue()
          && attr.getDefaultValue().equals(node.getAttrMap().get(attr.getName()))) {
        node.removeAttr(attr.getName());
      }
    }
  }

  private static Map<String, OpDef> defaults() {
    return TensorFlow.registeredOpList().getOpList().stream()
        .collect(Collectors.toMap(OpDef::getName, op -> op));
  }

  /** Name of the operation that restores a variable, by the name of its handle. */
  private static Map<String, String> assigns(GraphDef graph) {
    var assigns = new LinkedHashMap<String, String>();
    for (var node : graph.getNodeList()) {
      if (node.getOp().equals("AssignVariableOp") && node.getName().startsWith("save/")) {
        assigns.put(node(node.getInput(0)), node.getName());
      }
    }
    return assigns;
  }

  private static CollectionDef collection(List<Variable> variables, Map<String, String> assigns) {
    var bytes = CollectionDef.BytesList.newBuilder();
    for (var variable : variables) {
      var handle = variable.handle().asOutput().op().name();
      bytes.addValue(
          ByteString.copyFrom(
              VariableDef.newBuilder()
                  .setVariableName(handle + ":0")
                  .setInitializerName(assigns.get(handle))
                  .setSnapshotName(variable.value().op().name() + ":0")
                  .setIsResource(true)
                  .setTrainable(variable.role() instanceof Variable.Trained)
                  .build()
                  .toByteArray()));
    }
    return CollectionDef.newBuilder().setBytesList(bytes).build();
  }
}
