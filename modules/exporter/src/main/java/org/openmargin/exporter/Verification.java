package org.openmargin.exporter;

import java.util.List;
import java.util.Map;
import org.openmargin.exporter.GoldenImages.Row;
import org.openmargin.nn.InputFormat;
import org.openmargin.serving.Answers;
import org.openmargin.serving.LoadedModel;
import org.openmargin.serving.ModelContract;
import org.openmargin.serving.ModelException;
import org.openmargin.serving.TensorProtos;

/**
 * Replays golden images through a loaded model and compares with the trainer's evaluation: logits,
 * embeddings and unknown scores agree as {@link Agreement} says, predicted class and decision are
 * equal, everything is finite; a PNG of an image gives the same answers as its pixels, and so does
 * {@code serving_pixels}, see {@link PixelVerification}.
 *
 * @param input size of the golden images
 */
record Verification(LoadedModel model, InputFormat input, Agreement agreement) {

  /**
   * @throws ModelException that names the first difference
   */
  void run(GoldenImages golden) {
    var before = 0;
    for (var batch : golden.batches()) {
      replay(batch, before);
      before += batch.size();
    }
    comparePng(golden.batches().get(0));
    new PixelVerification(model, input, agreement.rule()).run(golden.images());
  }

  private void replay(List<Row> batch, int before) {
    var pixels = batch.stream().map(Row::pixels).toList();
    try (var images = TensorProtos.images(pixels, input.height(), input.width(), input.channels());
        var answers =
            model.call(ModelContract.SERVING_DEFAULT, Map.of(ModelContract.IMAGES, images))) {
      var logits = batch.stream().map(Row::logits).toList();
      compareRows(ModelContract.LOGITS, answers, logits, agreement::same, before);
      var embeddings = batch.stream().map(Row::embedding).toList();
      compareRows(ModelContract.EMBEDDING, answers, embeddings, agreement::sameEmbedding, before);
      requireFinite(
          ModelContract.PROBABILITIES, answers.floats(ModelContract.PROBABILITIES), before);
      compareVerdicts(answers, batch, before);
    }
  }

  private interface Same {
    boolean test(float got, float want, float[] beside);
  }

  private static void compareRows(
      String what, Answers answers, List<float[]> expected, Same same, int before) {
    var actual = answers.floats(what);
    var width = answers.width(what);
    requireFinite(what, actual, before);
    for (var row = 0; row < expected.size(); row++) {
      var want = expected.get(row);
      if (want.length != width) {
        throw different(before + row, what, width + " columns", want.length + " columns");
      }
      for (var j = 0; j < width; j++) {
        var got = actual[row * width + j];
        if (!same.test(got, want[j], want)) {
          throw different(before + row, what + "[" + j + "]", got, want[j]);
        }
      }
    }
  }

  private void compareVerdicts(Answers answers, List<Row> batch, int before) {
    var classes = answers.longs(ModelContract.BEST_KNOWN_INDEX);
    var scores = answers.floats(ModelContract.UNKNOWN_SCORE);
    var unknown = answers.booleans(ModelContract.IS_UNKNOWN);
    var unusual = answers.booleans(ModelContract.INPUT_IS_UNUSUAL);
    requireFinite(ModelContract.UNKNOWN_SCORE, scores, before);
    var largest =
        batch.stream().mapToDouble(row -> Math.abs(row.verdict().unknownScore())).max().orElse(0);
    for (var row = 0; row < batch.size(); row++) {
      var want = batch.get(row).verdict();
      var logits = batch.get(row).logits();
      if (classes[row] != want.predictedClass()
          && !agreement.undecided(logits, (int) classes[row], want.predictedClass())) {
        throw different(
            before + row, ModelContract.BEST_KNOWN_INDEX, classes[row], want.predictedClass());
      }
      var wantScore = (float) want.unknownScore();
      if (!agreement.sameScore(scores[row], wantScore, largest)) {
        throw different(before + row, ModelContract.UNKNOWN_SCORE, scores[row], wantScore);
      }
      if (!agreement.undecided(want.unknownScore(), want.predictedClass(), largest)) {
        requireSame(before + row, ModelContract.IS_UNKNOWN, unknown[row], want.unknown());
      }
      if (agreement.tolerance() == 0) {
        requireSame(before + row, ModelContract.INPUT_IS_UNUSUAL, unusual[row], want.unusual());
      }
    }
  }

  private static void requireSame(int row, String what, boolean got, boolean want) {
    if (got != want) {
      throw different(row, what, got, want);
    }
  }

  private void comparePng(List<Row> batch) {
    var pixels = batch.stream().map(Row::pixels).limit(4).toList();
    var h = input.height();
    var w = input.width();
    var c = input.channels();
    var files = pixels.stream().map(p -> Png.encode(p, h, w, c)).toList();
    try (var images = TensorProtos.images(pixels, h, w, c);
        var encoded = TensorProtos.strings(files);
        var fromPixels =
            model.call(ModelContract.SERVING_DEFAULT, Map.of(ModelContract.IMAGES, images));
        var fromFiles =
            model.call(ModelContract.SERVING_BYTES, Map.of(ModelContract.IMAGE_BYTES, encoded))) {
      var want = fromPixels.toProtos();
      var got = fromFiles.toProtos();
      for (var name : want.keySet()) {
        if (!want.get(name).equals(got.get(name))) {
          throw new ModelException(
              "the exported model is refused: '%s' differs between PNG files and their pixels"
                  .formatted(name));
        }
      }
    }
  }

  private static void requireFinite(String what, float[] values, int before) {
    for (var value : values) {
      if (!Float.isFinite(value)) {
        throw new ModelException(
            "the exported model is refused: '%s' has %s in the batch that starts at golden image %d"
                .formatted(what, value, before));
      }
    }
  }

  private static ModelException different(int row, String what, Number got, Number want) {
    var difference = Math.abs(got.doubleValue() - want.doubleValue());
    return different(row, what, got + " (off by " + difference + ")", want.toString());
  }

  private static ModelException different(int row, String what, Object got, Object want) {
    return new ModelException(
        "the exported model is refused: golden image %d: %s is %s, the evaluation found %s"
            .formatted(row, what, got, want));
  }
}
