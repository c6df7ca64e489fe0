package org.openmargin.exporter;

import com.google.protobuf.ByteString;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
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
    var signatures =
        serving.signatures().stream()
            .collect(
                Collectors.toMap(
                    ServingSignature::name, ServingSignature::toProto, (a, b) -> a, TreeMap::new));
    var file = serving.file();
    var labels = TensorInfo.newBuilder().setName(output(serving.labelsFile()));
    var variables = serving.variables();
    var meta =
        MetaGraphDef.newBuilder()
            .setMetaInfoDef(
                MetaGraphDef.MetaInfoDef.newBuilder()
                    .addTags(ModelContract.TAG)
                    .setTensorflowVersion(TensorFlow.version())
                    .setStrippedDefaultAttrs(true))
            .setGraphDef(PrunedGraph.of(graph, roots(serving, signatures)))
            .setSaverDef(saver(file))
            .putAllSignatureDef(signatures)
            .addAssetFileDef(
                AssetFileDef.newBuilder()
                    .setFilename(ModelContract.LABELS_FILE)
                    .setTensorInfo(labels))
            .putCollectionDef("variables", collection(variables.all(), file))
            .putCollectionDef("trainable_variables", collection(variables.trained(), file));
    return SavedModel.newBuilder()
        .setSavedModelSchemaVersion(SCHEMA_VERSION)
        .addMetaGraphs(meta)
        .build();
  }

  private static SaverDef saver(VariableFile file) {
    return SaverDef.newBuilder()
        .setFilenameTensorName(output(file.prefix()))
        .setSaveTensorName(output(file.save()))
        .setRestoreOpName(name(file.restore()))
        .setVersion(SaverDef.CheckpointFormatVersion.V2)
        .build();
  }

  private static Set<String> roots(ServingGraph serving, Map<String, SignatureDef> signatures) {
    var roots = new HashSet<String>();
    for (var signature : signatures.values()) {
      signature.getInputsMap().values().forEach(info -> roots.add(info.getName()));
      signature.getOutputsMap().values().forEach(info -> roots.add(info.getName()));
    }
    roots.add(name(serving.file().save()));
    roots.add(name(serving.file().restore()));
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
