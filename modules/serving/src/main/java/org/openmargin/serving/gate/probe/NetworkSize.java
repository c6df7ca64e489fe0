package org.openmargin.serving.gate.probe;

import java.util.List;
import org.openmargin.serving.LoadedModel;
import org.openmargin.serving.ModelContract;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.types.TFloat32;

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

  /** 0 to 255: [images, height, width, channels]; the caller closes it. */
  TFloat32 tensor(List<byte[]> images) {
    var shape = Shape.of(images.size(), height, width, channels);
    return TFloat32.tensorOf(shape, DataBuffers.of(floats(images), true, false));
  }

  @Override
  public String toString() {
    return "%d x %d pixels of %d channels".formatted(height, width, channels);
  }

  /** Of an image. */
  int bytes() {
    return height * width * channels;
  }

  private float[] floats(List<byte[]> images) {
    var values = new float[images.size() * bytes()];
    for (var i = 0; i < values.length; i++) {
      values[i] = images.get(i / bytes())[i % bytes()] & 0xff;
    }
    return values;
  }
}
