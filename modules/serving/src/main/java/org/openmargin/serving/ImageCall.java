package org.openmargin.serving;

import java.util.ArrayList;
import java.util.List;
import org.tensorflow.Tensor;

/**
 * An image signature whose answers become {@link Classification}s. Labels are fetched as indices,
 * because TensorFlow Java reads numbers faster than strings and the names are known. Thread-safe.
 *
 * @param classNames in label order
 */
record ImageCall(PreparedCall call, List<String> classNames) {
  private static final List<String> OUTPUTS =
      List.of(
          ModelContract.BEST_KNOWN_INDEX,
          ModelContract.IS_UNKNOWN,
          ModelContract.UNKNOWN_SCORE,
          ModelContract.INPUT_IS_UNUSUAL,
          ModelContract.REASON,
          ModelContract.PROBABILITIES,
          ModelContract.EMBEDDING);

  static ImageCall pixels(LoadedModel model, List<String> classNames) {
    var signature = ModelContract.SERVING_DEFAULT.name();
    return new ImageCall(
        PreparedCall.of(model, signature, ModelContract.IMAGES, OUTPUTS), classNames);
  }

  static ImageCall files(LoadedModel model, List<String> classNames) {
    var signature = ModelContract.SERVING_BYTES.name();
    return new ImageCall(
        PreparedCall.of(model, signature, ModelContract.IMAGE_BYTES, OUTPUTS), classNames);
  }

  /** Channels of an image; only for {@link #pixels}. */
  int channels() {
    return Math.toIntExact(call.input().shape().get(3));
  }

  /**
   * @param images not closed
   * @return one answer per image, in order
   * @throws ModelException if the model refuses the tensor
   */
  List<Classification> classify(Tensor images) {
    try (var answers = call.run(images)) {
      return rows(answers);
    }
  }

  private List<Classification> rows(Answers answers) {
    var best = answers.longs(ModelContract.BEST_KNOWN_INDEX);
    var unknown = answers.booleans(ModelContract.IS_UNKNOWN);
    var scores = answers.floats(ModelContract.UNKNOWN_SCORE);
    var unusual = answers.booleans(ModelContract.INPUT_IS_UNUSUAL);
    var probabilities = answers.rows(ModelContract.PROBABILITIES);
    var embeddings = answers.rows(ModelContract.EMBEDDING);
    var reasons = answers.strings(ModelContract.REASON);
    var rows = new ArrayList<Classification>(best.length);
    for (var i = 0; i < best.length; i++) {
      var name = best[i] < 0 ? ModelContract.UNKNOWN : classNames.get(Math.toIntExact(best[i]));
      var reason = Reason.of(reasons.get(i));
      rows.add(
          new Classification(
              unknown[i] ? ModelContract.UNKNOWN : name,
              unknown[i],
              scores[i],
              name,
              probabilities[i],
              embeddings[i],
              unusual[i],
              reason,
              reason.text()));
    }
    return List.copyOf(rows);
  }
}
