package org.openmargin.data.tfrecord;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.openmargin.data.DataException;
import org.openmargin.data.tfrecord.proto.BytesList;
import org.openmargin.data.tfrecord.proto.Example;
import org.openmargin.data.tfrecord.proto.Feature;
import org.openmargin.data.tfrecord.proto.Features;
import org.openmargin.data.tfrecord.proto.Int64List;

/**
 * An image as a {@code tf.train.Example} with Model Garden's keys: {@code image/encoded}, {@code
 * image/format}, {@code image/filename}, {@code image/class/label}, {@code image/class/text}, and
 * {@code image/group} and {@code image/site} beside them.
 *
 * @param encoded an image file
 * @param format png or jpeg; may be empty
 * @param filename its name in the data set; may be empty
 * @param label id of its class; may be missing
 * @param text name of its class; may be empty
 * @param group what must not lie on both sides of a division; may be empty
 * @param site where it was made; may be empty
 */
public record ImageExample(
    ByteString encoded,
    String format,
    String filename,
    OptionalLong label,
    String text,
    String group,
    String site) {

  /**
   * @throws DataException if the record is no example, or has no image or no class
   */
  public static ImageExample of(byte[] record) {
    try {
      var features = Example.parseFrom(record).getFeatures().getFeatureMap();
      var encoded = bytes(features, "image/encoded");
      var example =
          new ImageExample(
              encoded.orElse(ByteString.EMPTY),
              text(features, "image/format"),
              text(features, "image/filename"),
              number(features, "image/class/label"),
              text(features, "image/class/text"),
              text(features, "image/group"),
              text(features, "image/site"));
      if (encoded.isEmpty()) {
        throw new DataException(
            "no image/encoded; its keys are %s"
                .formatted(features.keySet().stream().sorted().toList()));
      }
      if (example.label.isEmpty() && example.text.isEmpty()) {
        throw new DataException("neither image/class/label nor image/class/text");
      }
      return example;
    } catch (InvalidProtocolBufferException e) {
      throw new DataException("no tf.train.Example: " + e.getMessage(), e);
    }
  }

  /** The record. */
  public byte[] record() {
    var features = Features.newBuilder();
    put(features, "image/encoded", encoded);
    put(features, "image/format", ByteString.copyFromUtf8(format));
    put(features, "image/filename", ByteString.copyFromUtf8(filename));
    put(features, "image/class/text", ByteString.copyFromUtf8(text));
    put(features, "image/group", ByteString.copyFromUtf8(group));
    put(features, "image/site", ByteString.copyFromUtf8(site));
    label.ifPresent(
        id ->
            features.putFeature(
                "image/class/label",
                Feature.newBuilder().setInt64List(Int64List.newBuilder().addValue(id)).build()));
    return Example.newBuilder().setFeatures(features).build().toByteArray();
  }

  private static void put(Features.Builder features, String key, ByteString value) {
    if (!value.isEmpty()) {
      features.putFeature(
          key, Feature.newBuilder().setBytesList(BytesList.newBuilder().addValue(value)).build());
    }
  }

  private static Optional<ByteString> bytes(Map<String, Feature> features, String key) {
    var list = features.getOrDefault(key, Feature.getDefaultInstance()).getBytesList();
    return list.getValueCount() == 0 ? Optional.empty() : Optional.of(list.getValue(0));
  }

  private static String text(Map<String, Feature> features, String key) {
    return bytes(features, key).map(b -> b.toString(StandardCharsets.UTF_8)).orElse("");
  }

  private static OptionalLong number(Map<String, Feature> features, String key) {
    var list = features.getOrDefault(key, Feature.getDefaultInstance()).getInt64List();
    return list.getValueCount() == 0 ? OptionalLong.empty() : OptionalLong.of(list.getValue(0));
  }
}
