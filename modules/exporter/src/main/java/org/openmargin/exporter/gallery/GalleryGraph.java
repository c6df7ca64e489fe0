package org.openmargin.exporter.gallery;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.openmargin.exporter.PrunedGraph;
import org.openmargin.exporter.ServingSignature;
import org.openmargin.nn.Variable;
import org.openmargin.nn.VariableFile;
import org.openmargin.serving.ModelContract;
import org.openmargin.serving.ModelException;
import org.openmargin.serving.gallery.Gallery;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.VarHandleOp;
import org.tensorflow.proto.CollectionDef;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.MetaGraphDef;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.proto.SaverDef;
import org.tensorflow.proto.VariableDef;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TString;

/**
 * The graph of an exported model with the signature {@code identify} for a gallery, in place of one
 * that it may have.
 *
 * @param base the model's graph
 */
record GalleryGraph(MetaGraphDef base, Gallery gallery) {
  private static final String SCOPE = "gallery";
  private static final List<String> REPLACED = List.of(SCOPE + "/", SCOPE + ".", "save/");

  /** Shapes of the model's own variables, all float32, by name. */
  static Map<String, Shape> variables(MetaGraphDef meta) {
    var shapes = new LinkedHashMap<String, Shape>();
    for (var node : ownNodes(meta.getGraphDef())) {
      if (node.getOp().equals("VarHandleOp")) {
        var sizes = node.getAttrOrThrow("shape").getShape().getDimList();
        shapes.put(
            node.getAttrOrThrow("shared_name").getS().toStringUtf8(),
            Shape.of(sizes.stream().mapToLong(size -> size.getSize()).toArray()));
      }
    }
    return shapes;
  }

  private static List<NodeDef> ownNodes(GraphDef graph) {
    return graph.getNodeList().stream()
        .filter(node -> REPLACED.stream().noneMatch(node.getName()::startsWith))
        .toList();
  }

  MetaGraphDef build() {
    var own = base.getGraphDef().toBuilder().clearNode();
    own.addAllNode(ownNodes(base.getGraphDef()));
    try (var graph = new Graph()) {
      graph.importGraphDef(own.build());
      var tf = Ops.create(graph);
      var rows = rowsVariable(tf);
      var signature = signature(graph, tf, rows.value());
      var variables = new LinkedHashMap<>(ownVariables(graph));
      variables.put(rows.name(), rows);
      var file = VariableFile.of(tf, variables);
      return meta(graph, signature, file, rows);
    }
  }

  private Variable rowsVariable(Ops tf) {
    var name = GalleryRows.VARIABLE;
    var shape = new GalleryRows(gallery).shape();
    var handle = tf.withName(name).varHandleOp(TFloat32.class, shape, VarHandleOp.sharedName(name));
    var value = tf.withName(name + ".value").readVariableOp(handle, TFloat32.class);
    return new Variable(name, shape, new Variable.Statistic(), handle, value, value);
  }

  private Map<String, Variable> ownVariables(Graph graph) {
    var reads = new LinkedHashMap<String, String>();
    for (var node : base.getGraphDef().getNodeList()) {
      if (node.getOp().equals("ReadVariableOp")) {
        reads.putIfAbsent(node.getInput(0), node.getName());
      }
    }
    var variables = new LinkedHashMap<String, Variable>();
    for (var node : ownNodes(base.getGraphDef())) {
      if (node.getOp().equals("VarHandleOp")) {
        var name = node.getAttrOrThrow("shared_name").getS().toStringUtf8();
        var handle = graph.outputOrThrow(node.getName() + ":0");
        var value = graph.outputOrThrow(reads.get(node.getName()) + ":0").expect(TFloat32.class);
        var shape = variables(base).get(name);
        variables.put(
            name, new Variable(name, shape, new Variable.Statistic(), handle, value, value));
      }
    }
    return variables;
  }

  private ServingSignature signature(Graph graph, Ops root, Operand<TFloat32> rows) {
    var tf = root.withSubScope(SCOPE);
    var bytes = base.getSignatureDefOrThrow(ModelContract.SERVING_BYTES.name());
    var files = graph.outputOrThrow(bytes.getInputsOrThrow(ModelContract.IMAGE_BYTES).getName());
    var embeddings =
        graph
            .outputOrThrow(bytes.getOutputsOrThrow(ModelContract.EMBEDDING).getName())
            .expect(TFloat32.class);
    var reason =
        graph
            .outputOrThrow(bytes.getOutputsOrThrow(ModelContract.REASON).getName())
            .expect(TString.class);
    if (embeddings.shape().get(1) != gallery.size()) {
      throw new ModelException(
          "the gallery's embeddings have %d numbers; the model gives %d"
              .formatted(gallery.size(), embeddings.shape().get(1)));
    }
    var answer = new IdentifyGraph(tf, gallery, rows, embeddings).outputs(reason);
    var outputs = new LinkedHashMap<String, Operand<?>>();
    outputs.put(ModelContract.IDENTITY, answer.identity());
    outputs.put(ModelContract.SIMILARITY, answer.similarity());
    outputs.put(ModelContract.IS_UNKNOWN, answer.unknown());
    outputs.put(ModelContract.BEST_IDENTITY, answer.best());
    outputs.put(ModelContract.REASON, answer.reason());
    return new ServingSignature(
        ModelContract.IDENTIFY, Map.of(ModelContract.IMAGE_BYTES, files), outputs);
  }

  private MetaGraphDef meta(
      Graph graph, ServingSignature signature, VariableFile file, Variable rows) {
    var meta = base.toBuilder().clearObjectGraphDef();
    meta.putSignatureDef(ModelContract.IDENTIFY.name(), signature.toProto());
    meta.setSaverDef(
        SaverDef.newBuilder()
            .setFilenameTensorName(name(file.prefix()) + ":0")
            .setSaveTensorName(name(file.save()) + ":0")
            .setRestoreOpName(name(file.restore()))
            .setVersion(SaverDef.CheckpointFormatVersion.V2));
    for (var collection : List.of("variables", "trainable_variables")) {
      meta.putCollectionDef(collection, collection(collection, file, rows));
    }
    return meta.setGraphDef(PrunedGraph.of(graph.toGraphDef(), meta.build())).build();
  }

  /** The model's own variables with their new initializers; the gallery's is not trainable. */
  private CollectionDef collection(String collection, VariableFile file, Variable rows) {
    var own = new ArrayList<VariableDef.Builder>();
    try {
      for (var bytes : listed(collection).getBytesList().getValueList()) {
        own.add(VariableDef.parseFrom(bytes).toBuilder());
      }
    } catch (InvalidProtocolBufferException e) {
      throw new ModelException("the model's collection of variables is damaged", e);
    }
    own.removeIf(variable -> variable.getVariableName().equals(GalleryRows.VARIABLE + ":0"));
    if (collection.equals("variables")) {
      own.add(
          VariableDef.newBuilder()
              .setVariableName(name(rows.handle()) + ":0")
              .setSnapshotName(name(rows.value()) + ":0")
              .setIsResource(true));
    }
    var bytes = CollectionDef.BytesList.newBuilder();
    for (var variable : own) {
      var key = variable.getVariableName().replaceFirst(":0$", "");
      variable.setInitializerName(name(file.assigns().get(key)));
      bytes.addValue(ByteString.copyFrom(variable.build().toByteArray()));
    }
    return CollectionDef.newBuilder().setBytesList(bytes).build();
  }

  /** Empty for a model whose weights are constants. */
  private CollectionDef listed(String collection) {
    return base.getCollectionDefOrDefault(collection, CollectionDef.getDefaultInstance());
  }

  private static String name(Op op) {
    return op.op().name();
  }
}
