package org.openmargin.serving;

import com.google.protobuf.ByteString;
import org.tensorflow.proto.BytesList;
import org.tensorflow.proto.Example;
import org.tensorflow.proto.Feature;
import org.tensorflow.proto.Features;

/** A file as the signatures with the input {@link ModelContract#INPUTS} take it. */
public final class FileExample {
  private FileExample() {}

  /** A serialized {@code tf.train.Example} with the file as its only feature. */
  public static byte[] of(byte[] file) {
    var bytes = BytesList.newBuilder().addValue(ByteString.copyFrom(file));
    var features =
        Features.newBuilder()
            .putFeature(
                ModelContract.ENCODED_FEATURE, Feature.newBuilder().setBytesList(bytes).build());
    return Example.newBuilder().setFeatures(features).build().toByteArray();
  }
}
