package org.openmargin.exporter;

import java.util.List;
import java.util.Map;
import org.openmargin.nn.InputFormat;
import org.openmargin.scoring.calibration.DecisionRule;
import org.openmargin.serving.LoadedModel;
import org.openmargin.serving.ModelContract;
import org.openmargin.serving.ModelException;
import org.openmargin.serving.TensorProtos;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.types.TFloat32;

/**
 * Compares {@code serving_pixels}, which computes scores in floats, with {@code serving_default}.
 *
 * @param rule of the decision
 */
record PixelVerification(LoadedModel model, InputFormat input, DecisionRule rule) {
  /** A part of the largest number of a kind, or of 1. */
  static final double TOLERANCE = 1e-4;

  private static final List<String> FLOATS =
      List.of(
          ModelContract.LOGITS,
          ModelContract.EMBEDDING,
          ModelContract.PROBABILITIES,
          ModelContract.UNKNOWN_SCORE);

  private static final int MOST_IMAGES = 64;

  /**
   * @param images of the network's size
   * @throws ModelException that names the first difference
   */
  void run(List<byte[]> images) {
    var some = images.subList(0, Math.min(MOST_IMAGES, images.size()));
    var h = input.height();
    var w = input.width();
    var c = input.channels();
    try (var bytes = TensorProtos.images(some, h, w, c);
        var floats = floats(some);
        var want = model.call(ModelContract.SERVING_DEFAULT, Map.of(ModelContract.IMAGES, bytes));
        var got = model.call(ModelContract.SERVING_PIXELS, Map.of(ModelContract.PIXELS, floats))) {
      for (var name : FLOATS) {
        compare(name, got.floats(name), want.floats(name));
      }
      var scores = want.floats(ModelContract.UNKNOWN_SCORE);
      var unknown = want.booleans(ModelContract.IS_UNKNOWN);
      var best = want.longs(ModelContract.BEST_KNOWN_INDEX);
      var rejected = got.booleans(ModelContract.IS_UNKNOWN);
      for (var row = 0; row < scores.length; row++) {
        var threshold = rule.threshold((int) best[row]).threshold();
        var near = Math.abs(scores[row] - threshold) <= TOLERANCE * Math.max(1, largest(scores));
        if (rejected[row] != unknown[row] && !near) {
          throw different(ModelContract.IS_UNKNOWN, row, rejected[row], unknown[row]);
        }
      }
    }
  }

  private TFloat32 floats(List<byte[]> images) {
    var values = new float[images.size() * input.bytes()];
    for (var i = 0; i < values.length; i++) {
      values[i] = images.get(i / input.bytes())[i % input.bytes()] & 0xff;
    }
    var shape = Shape.of(images.size(), input.height(), input.width(), input.channels());
    return TFloat32.tensorOf(shape, DataBuffers.of(values, true, false));
  }

  private static void compare(String name, float[] got, float[] want) {
    var allowed = TOLERANCE * Math.max(1, largest(want));
    for (var i = 0; i < want.length; i++) {
      if (!(Math.abs(got[i] - want[i]) <= allowed)) {
        throw different(name, i, got[i], want[i]);
      }
    }
  }

  private static double largest(float[] values) {
    var largest = 0.0;
    for (var value : values) {
      largest = Math.max(largest, Math.abs(value));
    }
    return largest;
  }

  private static ModelException different(String name, int index, Object got, Object want) {
    return new ModelException(
        "the exported model is refused: %s[%d] is %s by signature serving_pixels, %s by serving_default"
            .formatted(name, index, got, want));
  }
}
