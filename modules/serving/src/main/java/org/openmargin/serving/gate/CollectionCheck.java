package org.openmargin.serving.gate;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.openmargin.serving.Finding;
import org.openmargin.serving.ModelContract;
import org.tensorflow.proto.CollectionDef;
import org.tensorflow.proto.MetaGraphDef;
import org.tensorflow.proto.VariableDef;

/**
 * Whether the lists of variables and the asset, from which loaders in other languages make their
 * objects, name what is in the graph.
 */
record CollectionCheck(MetaGraphDef meta, GraphUses uses) {
  private static final List<String> LISTS = List.of("variables", "trainable_variables");

  Finding check() {
    var problems = new ArrayList<String>();
    LISTS.forEach(list -> problems.addAll(variables(list)));
    for (var asset : meta.getAssetFileDefList()) {
      var name = GraphUses.node(asset.getTensorInfo().getName());
      if (!name.equals(ModelContract.ASSET) || !holds(name, "Const")) {
        problems.add("the asset %s is read by %s".formatted(asset.getFilename(), name));
      }
    }
    return Finding.of("variables and asset are listed as they are in the graph", problems);
  }

  private List<String> variables(String list) {
    var problems = new ArrayList<String>();
    var names = new HashSet<String>();
    for (var bytes : bytes(list)) {
      try {
        var variable = VariableDef.parseFrom(bytes);
        var handle = GraphUses.node(variable.getVariableName());
        var right =
            names.add(handle)
                && variable.getIsResource()
                && holds(handle, "VarHandleOp")
                && reads(variable.getInitializerName(), "AssignVariableOp", handle)
                && reads(variable.getSnapshotName(), "ReadVariableOp", handle);
        if (!right) {
          problems.add("collection %s has another variable %s".formatted(list, handle));
        }
      } catch (InvalidProtocolBufferException e) {
        problems.add("collection %s is damaged: %s".formatted(list, e.getMessage()));
      }
    }
    return problems;
  }

  private List<ByteString> bytes(String list) {
    return meta.getCollectionDefOrDefault(list, CollectionDef.getDefaultInstance())
        .getBytesList()
        .getValueList();
  }

  private boolean holds(String name, String op) {
    return uses.find(name).filter(node -> node.getOp().equals(op)).isPresent();
  }

  private boolean reads(String tensor, String op, String handle) {
    return uses.find(GraphUses.node(tensor))
        .filter(node -> node.getOp().equals(op) && node.getInputCount() > 0)
        .filter(node -> GraphUses.node(node.getInput(0)).equals(handle))
        .isPresent();
  }
}
