package org.openmargin.trainer.listener;

import com.google.protobuf.ByteString;
import java.util.List;
import org.openmargin.trainer.proto.HParamsPluginData;
import org.tensorflow.proto.DataClass;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.Summary;
import org.tensorflow.proto.SummaryMetadata;
import org.tensorflow.proto.TensorProto;
import org.tensorflow.proto.TensorShapeProto;

/** What TensorBoard shows, as its plugins want it: each a tag and a tensor with metadata. */
final class SummaryValues {
  private SummaryValues() {}

  static Summary.Value scalar(String tag, double value) {
    return Summary.Value.newBuilder().setTag(tag).setSimpleValue((float) value).build();
  }

  /**
   * @param markdown indent lines by four blanks to keep them as they are
   */
  static Summary.Value text(String tag, String markdown) {
    var tensor = strings(List.of(ByteString.copyFromUtf8(markdown)));
    return value(tag, metadata("text", DataClass.DATA_CLASS_TENSOR), tensor);
  }

  /** A tensor [buckets, 3] of left edge, right edge, count. */
  static Summary.Value histogram(String tag, Histogram histogram) {
    var tensor = TensorProto.newBuilder().setDtype(DataType.DT_DOUBLE);
    for (var bucket : histogram.buckets()) {
      tensor
          .addDoubleVal(bucket.left())
          .addDoubleVal(bucket.right())
          .addDoubleVal((double) bucket.count());
    }
    tensor.setTensorShape(shape(histogram.buckets().size(), 3));
    return value(tag, metadata("histograms", DataClass.DATA_CLASS_TENSOR), tensor);
  }

  /** A tensor of strings: width, height, then the PNG files. */
  static Summary.Value images(String tag, Pictures pictures) {
    var tensor =
        strings(
            List.of(
                ByteString.copyFromUtf8(Integer.toString(pictures.width())),
                ByteString.copyFromUtf8(Integer.toString(pictures.height()))));
    pictures.png().forEach(png -> tensor.addStringVal(ByteString.copyFrom(png)));
    tensor.setTensorShape(shape(tensor.getStringValCount()));
    return value(tag, metadata("images", DataClass.DATA_CLASS_BLOB_SEQUENCE), tensor);
  }

  /** The message is in the metadata; the tensor is empty. */
  static Summary.Value hparams(String tag, HParamsPluginData data) {
    var tensor = TensorProto.newBuilder().setDtype(DataType.DT_FLOAT).setTensorShape(shape(0));
    var metadata = metadata("hparams", DataClass.DATA_CLASS_TENSOR);
    metadata.getPluginDataBuilder().setContent(data.toByteString());
    return value(tag, metadata, tensor);
  }

  private static Summary.Value value(
      String tag, SummaryMetadata.Builder metadata, TensorProto.Builder tensor) {
    return Summary.Value.newBuilder().setTag(tag).setMetadata(metadata).setTensor(tensor).build();
  }

  private static SummaryMetadata.Builder metadata(String plugin, DataClass data) {
    return SummaryMetadata.newBuilder()
        .setPluginData(SummaryMetadata.PluginData.newBuilder().setPluginName(plugin))
        .setDataClass(data);
  }

  private static TensorProto.Builder strings(List<ByteString> values) {
    return TensorProto.newBuilder()
        .setDtype(DataType.DT_STRING)
        .setTensorShape(shape(values.size()))
        .addAllStringVal(values);
  }

  private static TensorShapeProto shape(int... sizes) {
    var shape = TensorShapeProto.newBuilder();
    for (var size : sizes) {
      shape.addDim(TensorShapeProto.Dim.newBuilder().setSize(size));
    }
    return shape.build();
  }
}
