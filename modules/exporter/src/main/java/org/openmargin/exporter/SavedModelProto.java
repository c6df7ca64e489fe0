package org.openmargin.exporter;

import com.google.protobuf.ByteString;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.openmargin.exporter.frozen.FrozenGraph;
import org.openmargin.nn.Variable;
import org.openmargin.nn.VariableFile;
import org.openmargin.serving.ModelContract;
import org.tensorflow.TensorFlow;
import org.tensorflow.op.Op;
import org.tensorflow.proto.AssetFileDef;
import org.tensorflow.proto.CollectionDef;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.MetaGraphDef;
import org.tensorflow.proto.SavedModel;
import org.tensorflow.proto.SaverDef;
import org.tensorflow.proto.SignatureDef;
import org.tensorflow.proto.TensorInfo;
import org.tensorflow.proto.TensorProto;
import org.tensorflow.proto.VariableDef;

/**
 * {@code saved_model.pb} of a serving graph. TensorFlow Java's own exporter writes the whole graph,
 * but no assets, collections of variables or TensorFlow version; here the graph is cut to what the
 * signatures need, see {@link PrunedGraph}.
 */
public final class SavedModelProto {
  private static final int SCHEMA_VERSION = 1;

  private SavedModelProto() {}

  /**
   * @param graph contains {@code serving}
   */
  public static SavedModel of(GraphDef graph, ServingGraph serving) {
    var file = serving.file();
    var variables = serving.variables();
    var roots = roots(serving);
    roots.add(name(file.save()));
    roots.add(name(file.restore()));
    return model(
        meta(PrunedGraph.of(graph, roots), serving)
            .setSaverDef(saver(file))
            .putCollectionDef("variables", collection(variables.all(), file))
            .putCollectionDef("trainable_variables", collection(variables.trained(), file)));
  }

  /**
   * The same without variables.
   *
   * @param values of the variables, by the operations that read them
   * @throws org.openmargin.serving.ModelException if they are too large for a graph
   */
  static SavedModel frozen(GraphDef graph, ServingGraph serving, Map<String, TensorProto> values) {
    var roots = roots(serving);
    var frozen = FrozenGraph.of(PrunedGraph.of(graph, roots), values);
    return model(meta(PrunedGraph.of(frozen, roots), serving));
  }

  private static SavedModel model(MetaGraphDef.Builder meta) {
    return SavedModel.newBuilder()
        .setSavedModelSchemaVersion(SCHEMA_VERSION)
        .addMetaGraphs(meta)
        .build();
  }

  private static MetaGraphDef.Builder meta(GraphDef graph, ServingGraph serving) {
    var meta =
        MetaGraphDef.newBuilder()
            .setMetaInfoDef(
                MetaGraphDef.MetaInfoDef.newBuilder()
                    .addTags(ModelContract.TAG)
                    .setTensorflowVersion(TensorFlow.version())
                    .setStrippedDefaultAttrs(true))
            .setGraphDef(graph)
            .addAssetFileDef(
                AssetFileDef.newBuilder()
                    .setFilename(ModelContract.LABELS_FILE)
                    .setTensorInfo(TensorInfo.newBuilder().setName(output(serving.labelsFile()))));
    var signatures = new TreeMap<String, SignatureDef>();
    serving
        .signatures()
        .forEach(signature -> signatures.put(signature.name(), signature.toProto()));
    return meta.putAllSignatureDef(signatures);
  }

  private static SaverDef saver(VariableFile file) {
    return SaverDef.newBuilder()
        .setFilenameTensorName(output(file.prefix()))
        .setSaveTensorName(output(file.save()))
        .setRestoreOpName(name(file.restore()))
        .setVersion(SaverDef.CheckpointFormatVersion.V2)
        .build();
  }

  private static Set<String> roots(ServingGraph serving) {
    var roots = new HashSet<String>();
    for (var signature : serving.signatures()) {
      signature.inputs().values().forEach(tensor -> roots.add(name(tensor)));
      signature.outputs().values().forEach(tensor -> roots.add(name(tensor)));
    }
    roots.add(name(serving.labelsFile()));
    return roots;
  }

  private static CollectionDef collection(List<Variable> variables, VariableFile file) {
    var bytes = CollectionDef.BytesList.newBuilder();
    for (var variable : variables) {
      bytes.addValue(
          ByteString.copyFrom(
              VariableDef.newBuilder()
                  .setVariableName(output(variable.handle()))
                  .setInitializerName(name(file.assigns().get(variable.name())))
                  .setSnapshotName(output(variable.value()))
                  .setIsResource(true)
                  .setTrainable(variable.role() instanceof Variable.Trained)
                  .build()
                  .toByteArray()));
    }
    return CollectionDef.newBuilder().setBytesList(bytes).build();
  }

  private static String name(Op op) {
    return op.op().name();
  }

  /** Name of an operation's first output. */
  private static String output(Op op) {
    return name(op) + ":0";
  }
}
