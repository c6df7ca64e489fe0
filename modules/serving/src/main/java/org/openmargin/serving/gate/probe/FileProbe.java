package org.openmargin.serving.gate.probe;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.openmargin.serving.Answers;
import org.openmargin.serving.Finding;
import org.openmargin.serving.LoadedModel;
import org.openmargin.serving.ModelContract;
import org.openmargin.serving.ModelException;
import org.openmargin.serving.Reason;
import org.openmargin.serving.SelfDescription;
import org.openmargin.serving.TensorProtos;

/**
 * Sends files of many kinds in one batch, more than twenty: each must get the reason that fits it
 * and, if it is an image, the answer that its pixels get alone.
 */
record FileProbe(LoadedModel model, SelfDescription self, DeclaredDecision declared) {
  /** Of the largest number. */
  private static final double TOLERANCE = 1e-3;

  private static final List<String> NUMBERS =
      List.of(ModelContract.LOGITS, ModelContract.EMBEDDING, ModelContract.PROBABILITIES);

  Finding check() {
    try {
      var samples = new Pictures(Pictures.channels(model), self.levels()).samples();
      return Finding.of(
          "%d files in one batch: each has its own answer".formatted(samples.size()),
          problems(samples));
    } catch (ModelException | IllegalArgumentException e) {
      return new Finding(false, "files of many kinds: " + e.getMessage());
    }
  }

  private List<String> problems(List<Pictures.Sample> samples) {
    var contents = samples.stream().map(Pictures.Sample::file).toList();
    try (var files = TensorProtos.strings(contents);
        var answers =
            model.call(ModelContract.SERVING_BYTES, Map.of(ModelContract.IMAGE_BYTES, files))) {
      var best = answers.longs(ModelContract.BEST_KNOWN_INDEX);
      var limits = new float[samples.size()];
      for (var row = 0; row < limits.length; row++) {
        limits[row] = declared.limit((int) best[row]);
      }
      var coherence = new Coherence(self.classNames(), declared.temperature());
      var problems = new ArrayList<>(coherence.problems(answers, limits));
      var reasons = answers.strings(ModelContract.REASON);
      for (var row = 0; row < samples.size(); row++) {
        var sample = samples.get(row);
        var got = Reason.of(reasons.get(row));
        if (sample.expected() == Reason.OK ? !got.scored() : got != sample.expected()) {
          problems.add(
              "%s has the reason %s, not %s"
                  .formatted(sample.what(), got.code(), sample.expected().code()));
        } else if (sample.pixels().length > 0) {
          problems.addAll(differences(sample, answers, row));
        }
      }
      return problems;
    }
  }

  private List<String> differences(Pictures.Sample sample, Answers batch, int row) {
    try (var image =
            TensorProtos.images(
                List.of(sample.pixels()),
                sample.height(),
                sample.width(),
                Pictures.channels(model));
        var alone =
            model.call(ModelContract.SERVING_DEFAULT, Map.of(ModelContract.IMAGES, image))) {
      var problems = new ArrayList<String>();
      for (var name : NUMBERS) {
        if (!close(batch.rows(name)[row], alone.rows(name)[0])) {
          problems.add("%s has other %s than its pixels".formatted(sample.what(), name));
        }
      }
      return problems;
    }
  }

  private static boolean close(float[] got, float[] want) {
    var largest = 0f;
    for (var value : want) {
      largest = Math.max(largest, Math.abs(value));
    }
    var close = got.length == want.length;
    for (var i = 0; close && i < got.length; i++) {
      close = Math.abs(got[i] - want[i]) <= TOLERANCE * largest;
    }
    return close;
  }
}
