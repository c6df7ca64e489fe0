package org.openmargin.serving;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.tensorflow.Tensor;

/**
 * An image signature whose answers become {@link Classification}s. Labels are fetched as indices: a
 * string takes TensorFlow Java longer to read than a number, and the names are known. Thread-safe.
 *
 * @param call of the signature
 * @param classNames in label order
 */
record ImageCall(PreparedCall call, List<String> classNames) {
  private static final String OK = "input_ok";
  private static final List<String> OUTPUTS =
      List.of("best_known_index", "is_unknown", "unknown_score", "probabilities", "embedding");

  /** The call with pixels. */
  static ImageCall pixels(LoadedModel model, List<String> classNames) {
    return new ImageCall(
        PreparedCall.of(model, ModelContract.DEFAULT, "images", OUTPUTS), classNames);
  }

  /** The call with files. */
  static ImageCall files(LoadedModel model, List<String> classNames) {
    var outputs = Stream.concat(OUTPUTS.stream(), Stream.of(OK)).toList();
    return new ImageCall(
        PreparedCall.of(model, ModelContract.BYTES, "image_bytes", outputs), classNames);
  }

  /**
   * One answer per image.
   *
   * @param images stays the caller's
   * @throws ModelException if the model refuses the tensor
   */
  List<Classification> classify(Tensor images) {
    try (var answers = call.run(images)) {
      return rows(answers);
    }
  }

  private List<Classification> rows(Answers answers) {
    var best = answers.longs("best_known_index");
    var unknown = answers.booleans("is_unknown");
    var scores = answers.floats("unknown_score");
    var probabilities = answers.rows("probabilities");
    var embeddings = answers.rows("embedding");
    var ok = ok(answers, best.length);
    var rows = new ArrayList<Classification>(best.length);
    for (var i = 0; i < best.length; i++) {
      var name = classNames.get(Math.toIntExact(best[i]));
      rows.add(
          new Classification(
              unknown[i] ? ModelContract.UNKNOWN : name,
              unknown[i],
              scores[i],
              name,
              probabilities[i],
              embeddings[i],
              ok[i]));
    }
    return List.copyOf(rows);
  }

  /** Pixels are always as they should be. */
  private static boolean[] ok(Answers answers, int count) {
    if (answers.names().contains(OK)) {
      return answers.booleans(OK);
    }
    var all = new boolean[count];
    Arrays.fill(all, true);
    return all;
  }
}
