package org.openmargin.serving.gate;

import java.util.List;
import org.openmargin.serving.LoadedModel;
import org.openmargin.serving.ModelContract;

/** Of the images that a network takes as they are. */
record NetworkSize(int height, int width, int channels) {

  /** As the signature for such images declares. */
  static NetworkSize of(LoadedModel model) {
    var dims =
        model
            .meta()
            .getSignatureDefOrThrow(ModelContract.SERVING_PIXELS.name())
            .getInputsOrThrow(ModelContract.PIXELS)
            .getTensorShape()
            .getDimList();
    return new NetworkSize(
        Math.toIntExact(dims.get(1).getSize()),
        Math.toIntExact(dims.get(2).getSize()),
        Math.toIntExact(dims.get(3).getSize()));
  }

  long[] shape(int images) {
    return new long[] {images, height, width, channels};
  }

  /** 0 to 255, one image behind the other. */
  float[] floats(List<byte[]> images) {
    var bytes = height * width * channels;
    var values = new float[images.size() * bytes];
    for (var i = 0; i < values.length; i++) {
      values[i] = images.get(i / bytes)[i % bytes] & 0xff;
    }
    return values;
  }
}
