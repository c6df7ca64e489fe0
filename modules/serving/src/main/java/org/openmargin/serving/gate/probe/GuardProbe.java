package org.openmargin.serving.gate.probe;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.openmargin.serving.Answers;
import org.openmargin.serving.Finding;
import org.openmargin.serving.JsonText;
import org.openmargin.serving.LoadedModel;
import org.openmargin.serving.ModelContract;
import org.openmargin.serving.ModelContract.Signature;
import org.openmargin.serving.ModelException;
import org.openmargin.serving.SelfDescription;
import org.openmargin.serving.TensorFlowCall;
import org.openmargin.serving.TensorProtos;
import org.tensorflow.Tensor;
import org.tensorflow.types.TFloat32;

/**
 * Puts numbers in the place of the guard's score: what the model then calls unusual must be what
 * {@code open_set.json} says, to the last bit.
 */
record GuardProbe(LoadedModel model, SelfDescription self) {

  /** Nothing to say about a model without a guard. */
  List<Finding> check() {
    try {
      var said = threshold();
      var exact = isThere(ModelContract.GUARD_SCORE);
      var plain = isThere(ModelContract.PIXEL_GUARD_SCORE);
      if (said.isEmpty() && !exact && !plain) {
        return List.of();
      }
      if (said.isEmpty() || !exact || !plain) {
        return List.of(
            new Finding(false, "there is a guard in open_set.json or in the graph, not in both"));
      }
      var limit = DeclaredDecision.limit(said.getAsDouble());
      var problems = new ArrayList<String>();
      problems.addAll(problems(ModelContract.SERVING_DEFAULT, ModelContract.GUARD_SCORE, limit));
      problems.addAll(
          problems(ModelContract.SERVING_PIXELS, ModelContract.PIXEL_GUARD_SCORE, limit));
      return List.of(Finding.of("the guard decides by its threshold, to the last bit", problems));
    } catch (ModelException | IllegalArgumentException e) {
      return List.of(new Finding(false, "the guard: " + e.getMessage()));
    }
  }

  private OptionalDouble threshold() {
    return JsonText.object(self.description()).get("guard") instanceof Map<?, ?> guard
            && guard.get("threshold") instanceof Double threshold
        ? OptionalDouble.of(threshold)
        : OptionalDouble.empty();
  }

  private boolean isThere(String operation) {
    return model.bundle().graph().operation(operation) != null;
  }

  private List<String> problems(Signature signature, String guard, float limit) {
    var scores =
        new float[] {
          limit, Math.nextUp(limit), Math.nextDown(limit), Float.NaN, 1f / 0, -1f / 0, 1e30f
        };
    var size = NetworkSize.of(model);
    var black = Collections.nCopies(scores.length, new byte[size.bytes()]);
    try (var images = TensorProtos.images(black, size.height(), size.width(), size.channels());
        var pixels = size.tensor(black);
        var fed = TFloat32.vectorOf(scores);
        var answers =
            answers(
                signature,
                Map.of(ModelContract.IMAGES, images, ModelContract.PIXELS, pixels),
                Map.of(guard, fed))) {
      var unusual = answers.booleans(ModelContract.INPUT_IS_UNUSUAL);
      var problems = new ArrayList<String>();
      for (var row = 0; row < scores.length; row++) {
        var usual = Float.isFinite(scores[row]) && scores[row] <= limit;
        if (unusual[row] == usual) {
          problems.add(
              "signature %s: the guard's score %s and threshold %s, but input_is_unusual is %s"
                  .formatted(signature.name(), scores[row], limit, unusual[row]));
        }
      }
      return problems;
    }
  }

  private Answers answers(
      Signature signature, Map<String, Tensor> inputs, Map<String, Tensor> fed) {
    var definition = model.meta().getSignatureDefOrThrow(signature.name());
    var runner = model.bundle().session().runner();
    definition
        .getInputsMap()
        .forEach((name, info) -> runner.feed(info.getName(), inputs.get(name)));
    fed.forEach(runner::feed);
    runner.fetch(definition.getOutputsOrThrow(ModelContract.INPUT_IS_UNUSUAL).getName());
    return TensorFlowCall.of(
        "it fails", () -> new Answers(runner.run(), List.of(ModelContract.INPUT_IS_UNUSUAL)));
  }
}
