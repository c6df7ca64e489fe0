package org.openmargin.serving.gate.probe;

import java.util.Arrays;
import java.util.Collections;
import java.util.Map;
import org.openmargin.serving.Answers;
import org.openmargin.serving.FileExample;
import org.openmargin.serving.LoadedModel;
import org.openmargin.serving.ModelContract;
import org.openmargin.serving.ModelContract.Signature;
import org.openmargin.serving.TensorFlowCall;
import org.openmargin.serving.TensorProtos;
import org.tensorflow.Tensor;
import org.tensorflow.ndarray.StdArrays;
import org.tensorflow.proto.TensorInfo;
import org.tensorflow.types.TFloat32;

/**
 * Calls a signature with numbers in the place of the unknown score: what is decided about them, the
 * network has no part in.
 *
 * @param byClass whether classes have their own thresholds; the last one's then decides
 */
record FedDecision(LoadedModel model, int classes, boolean byClass) {
  private static final int SIDE = 8;

  /**
   * @param thresholds of the client, one for each score
   * @param alphas of the client, one for each score
   * @param logits in the place of the network's; empty to leave those
   */
  @SuppressWarnings("ArrayRecordComponent") // read only, never compared
  record Rows(float[] scores, float[] thresholds, float[] alphas, float[][] logits) {
    /** With the network's logits. */
    Rows(float[] scores, float[] thresholds, float[] alphas) {
      this(scores, thresholds, alphas, new float[0][]);
    }

    /** With an alpha that rejects nothing. */
    Rows(float[] scores, float[] thresholds) {
      this(scores, thresholds, new float[scores.length]);
    }

    /** With a threshold and an alpha that reject nothing. */
    Rows(float[] scores) {
      this(scores, filled(scores.length, Float.MAX_VALUE));
    }
  }

  static float[] filled(int count, float value) {
    var values = new float[count];
    Arrays.fill(values, value);
    return values;
  }

  /** Scope and beginning of the names of what is fed. */
  private static String scope(Signature signature) {
    return signature.equals(ModelContract.SERVING_PIXELS)
        ? ModelContract.PIXEL_DECISION
        : ModelContract.DECISION;
  }

  private static String operation(TensorInfo tensor) {
    return tensor.getName().replaceFirst(":.*", "");
  }

  Answers answers(Signature signature, Rows rows) {
    var count = rows.scores.length;
    var pictures = new Pictures(Pictures.channels(model));
    var black = Collections.nCopies(count, new byte[SIDE * SIDE * pictures.channels()]);
    var png = Pictures.png();
    var size = NetworkSize.of(model);
    try (var images = TensorProtos.images(black, SIDE, SIDE, pictures.channels());
        var pixels = size.tensor(Collections.nCopies(count, new byte[size.bytes()]));
        var files = TensorProtos.strings(Collections.nCopies(count, png));
        var examples = TensorProtos.strings(Collections.nCopies(count, FileExample.of(png)));
        var limits = TFloat32.vectorOf(rows.thresholds);
        var alphas = TFloat32.vectorOf(rows.alphas)) {
      var inputs =
          Map.<String, Tensor>of(
              ModelContract.IMAGES, images,
              ModelContract.PIXELS, pixels,
              ModelContract.IMAGE_BYTES, files,
              ModelContract.INPUTS, examples,
              ModelContract.THRESHOLD, limits,
              ModelContract.ALPHA, alphas);
      return answers(signature, rows, inputs);
    }
  }

  private Answers answers(Signature signature, Rows rows, Map<String, Tensor> inputs) {
    var definition = model.meta().getSignatureDefOrThrow(signature.name());
    var count = rows.scores.length;
    var scope = scope(signature);
    try (var fed = Sent.to(model)) {
      fed.with(scope + "_score", rows.scores, count);
      if (byClass) {
        fed.with(scope + "/class", count, classes - 1);
      }
      if (rows.logits.length > 0) {
        fed.with(scope + "_logits", TFloat32.tensorOf(StdArrays.ndCopyOf(rows.logits)));
      }
      var runner = model.bundle().session().runner();
      definition
          .getInputsMap()
          .forEach((name, info) -> runner.feed(info.getName(), inputs.get(name)));
      fed.inputs().forEach(runner::feed);
      // What is fed cannot be fetched; serving_pixels returns the score as it is.
      var names =
          definition.getOutputsMap().entrySet().stream()
              .filter(output -> !fed.inputs().containsKey(operation(output.getValue())))
              .map(Map.Entry::getKey)
              .toList();
      names.forEach(name -> runner.fetch(definition.getOutputsOrThrow(name).getName()));
      return TensorFlowCall.of("it fails", () -> new Answers(runner.run(), names));
    }
  }
}
