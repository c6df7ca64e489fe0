package org.openmargin.model.foreign;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.MetaGraphDef;
import org.tensorflow.proto.TensorInfo;
import org.tensorflow.proto.TensorShapeProto;

/**
 * Where images enter a foreign graph and embeddings leave it.
 *
 * @param input name of a tensor
 * @param type of the input: float of any size, or uint8
 * @param sizes [batch, height, width, channels] as the graph lays them out; -1: any. Empty: of
 *     unknown rank
 * @param output name of a tensor
 */
record Ends(String input, DataType type, List<Long> sizes, String output) {
  private static final Set<DataType> TYPES =
      Set.of(
          DataType.DT_FLOAT,
          DataType.DT_HALF,
          DataType.DT_BFLOAT16,
          DataType.DT_DOUBLE,
          DataType.DT_UINT8);

  /** Of loaders: it has no outputs. */
  private static final String INIT = "__saved_model_init_op";

  /**
   * What a signature names.
   *
   * @param input name in the signature; empty: the only one
   * @param output name in the signature; empty: the only one
   */
  record Names(String signature, String input, String output) {}

  /**
   * @throws IllegalArgumentException naming what there is instead
   */
  static Ends of(MetaGraphDef graph, Names names) {
    var signatures = new TreeMap<>(graph.getSignatureDefMap());
    signatures.remove(INIT);
    var signature = signatures.get(names.signature());
    if (signature == null) {
      throw new IllegalArgumentException(
          "there is no signature '%s'; it has %s"
              .formatted(
                  names.signature(),
                  signatures.isEmpty() ? "none" : String.join(", ", signatures.keySet())));
    }
    var input = chosen("input", names.input(), signature.getInputsMap());
    var output = chosen("output", names.output(), signature.getOutputsMap());
    if (!TYPES.contains(input.getDtype())) {
      throw new IllegalArgumentException(
          "its input is of type %s; it must take images as float or uint8"
              .formatted(name(input.getDtype())));
    }
    return new Ends(input.getName(), input.getDtype(), sizes(input), output.getName());
  }

  private static TensorInfo chosen(String kind, String name, Map<String, TensorInfo> all) {
    var names = new TreeSet<>(all.keySet());
    if (name.isEmpty() && names.size() != 1) {
      throw new IllegalArgumentException(
          "the signature has %d %ss; name one of them with %s: %s"
              .formatted(names.size(), kind, kind, String.join(", ", names)));
    }
    var info = all.get(name.isEmpty() ? names.first() : name);
    if (info == null) {
      throw new IllegalArgumentException(
          "the signature has no %s '%s'; it has %s"
              .formatted(kind, name, String.join(", ", names)));
    }
    if (info.getEncodingCase() != TensorInfo.EncodingCase.NAME) {
      throw new IllegalArgumentException("its %s is no dense tensor".formatted(kind));
    }
    return info;
  }

  private static List<Long> sizes(TensorInfo input) {
    var shape = input.getTensorShape();
    if (shape.getUnknownRank()) {
      return List.of();
    }
    var sizes = shape.getDimList().stream().map(TensorShapeProto.Dim::getSize).toList();
    if (sizes.size() != 4) {
      throw new IllegalArgumentException(
          "its input has the shape %s, not that of images, which have four sizes with the batch"
              .formatted(sizes));
    }
    if (sizes.get(0) > 0) {
      throw new IllegalArgumentException(
          "it takes exactly %d images at a time; save it with a batch of any size"
              .formatted(sizes.get(0)));
    }
    return sizes;
  }

  static String name(DataType type) {
    return type.name().replace("DT_", "").toLowerCase(Locale.ROOT);
  }
}
