package org.openmargin.model.foreign;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.proto.MetaGraphDef;
import org.tensorflow.proto.SavedModel;
import org.tensorflow.proto.SignatureDef;
import org.tensorflow.proto.TensorInfo;
import org.tensorflow.proto.TensorShapeProto;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.family.TNumber;

/** A SavedModel without variables: one function of one tensor. */
final class WrittenModel {
  private WrittenModel() {}

  interface Body<T extends TNumber> {
    Operand<?> of(Ops tf, Operand<T> images);
  }

  /** Of float images of any size. */
  static Path write(Path folder, Body<TFloat32> body) throws IOException {
    return write(folder, TFloat32.class, Shape.of(-1, -1, -1, 3), body);
  }

  static <T extends TNumber> Path write(Path folder, Class<T> type, Shape shape, Body<T> body)
      throws IOException {
    try (var graph = new Graph()) {
      var tf = Ops.create(graph);
      var images = tf.withName("images").placeholder(type, Placeholder.shape(shape));
      var output = body.of(tf, images);
      var outputs = new LinkedHashMap<String, TensorInfo>();
      outputs.put("out", info(output));
      return write(folder, graph, Map.of("in", info(images)), outputs);
    }
  }

  static Path write(
      Path folder, Graph graph, Map<String, TensorInfo> inputs, Map<String, TensorInfo> outputs)
      throws IOException {
    var signature = SignatureDef.newBuilder().putAllInputs(inputs).putAllOutputs(outputs);
    var meta =
        MetaGraphDef.newBuilder()
            .setMetaInfoDef(MetaGraphDef.MetaInfoDef.newBuilder().addTags("serve"))
            .setGraphDef(graph.toGraphDef())
            .putSignatureDef("serving_default", signature.build());
    var model = SavedModel.newBuilder().setSavedModelSchemaVersion(1).addMetaGraphs(meta).build();
    Files.createDirectories(folder);
    Files.write(folder.resolve("saved_model.pb"), model.toByteArray());
    return folder;
  }

  static TensorInfo info(Operand<?> operand) {
    var output = operand.asOutput();
    var shape = TensorShapeProto.newBuilder();
    if (output.shape().isUnknown()) {
      shape.setUnknownRank(true);
    } else {
      for (var size : output.shape().asArray()) {
        shape.addDim(TensorShapeProto.Dim.newBuilder().setSize(size));
      }
    }
    return TensorInfo.newBuilder()
        .setName(output.op().name() + ":" + output.index())
        .setDtype(output.dataType())
        .setTensorShape(shape)
        .build();
  }
}
