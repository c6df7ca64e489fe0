package org.openmargin.serving.gate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.openmargin.serving.Answers;
import org.openmargin.serving.Finding;
import org.openmargin.serving.LoadedModel;
import org.openmargin.serving.ModelContract;
import org.openmargin.serving.ModelContract.Signature;
import org.openmargin.serving.ModelException;
import org.openmargin.serving.Reason;
import org.openmargin.serving.SelfDescription;
import org.openmargin.serving.TensorFlowCall;
import org.openmargin.serving.TensorProtos;
import org.tensorflow.Tensor;
import org.tensorflow.types.TFloat32;

/**
 * Puts numbers in the place of the unknown score and looks at what is decided: one unit in the last
 * place to either side of the threshold, and what is no number.
 */
record DecisionProbe(LoadedModel model, SelfDescription self) {
  private static final int SIDE = 8;

  List<Finding> check() {
    var findings = new ArrayList<Finding>();
    for (var signature : List.of(ModelContract.SERVING_DEFAULT, ModelContract.SERVING_THRESHOLD)) {
      var what = "signature %s decides by its threshold, to the last bit".formatted(signature.name());
      try {
        findings.add(Finding.of(what, problems(signature)));
      } catch (ModelException | IllegalArgumentException e) {
        findings.add(
            new Finding(
                false, "the decision of %s: %s".formatted(signature.name(), e.getMessage())));
      }
    }
    return findings;
  }

  /** The largest float that is not above the threshold of the description. */
  static float limit(double threshold) {
    var nearest = (float) threshold;
    return nearest <= threshold ? nearest : Math.nextDown(nearest);
  }

  private List<String> problems(Signature signature) {
    var own = signature.equals(ModelContract.SERVING_DEFAULT);
    var limit = limit(self.threshold());
    var up = Math.nextUp(limit);
    var down = Math.nextDown(limit);
    var no = Float.NaN;
    var most = Float.POSITIVE_INFINITY;
    return own
        ? problems(
            signature,
            new float[] {limit, up, down, no, most, -most, Float.MAX_VALUE},
            filled(7, limit))
        : problems(
            signature,
            new float[] {limit, limit, limit, limit, limit, limit, no, -most, up},
            new float[] {limit, up, down, no, most, -most, limit, limit, down});
  }

  private static float[] filled(int count, float value) {
    var values = new float[count];
    Arrays.fill(values, value);
    return values;
  }

  private List<String> problems(Signature signature, float[] scores, float[] thresholds) {
    var channels =
        model.meta()
            .getSignatureDefOrThrow(signature.name())
            .getInputsOrThrow(ModelContract.IMAGES)
            .getTensorShape()
            .getDim(3)
            .getSize();
    var black = new byte[SIDE * SIDE * (int) channels];
    try (var images =
            TensorProtos.images(
                Collections.nCopies(scores.length, black), SIDE, SIDE, (int) channels);
        var fed = TFloat32.vectorOf(scores);
        var limits = TFloat32.vectorOf(thresholds);
        var answers = answers(signature, images, fed, limits)) {
      var problems =
          new ArrayList<>(new Coherence(self.classNames()).problems(answers, thresholds));
      var reasons = answers.strings(ModelContract.REASON);
      var shown = answers.floats(ModelContract.UNKNOWN_SCORE);
      for (var row = 0; row < scores.length; row++) {
        var want = Float.isFinite(scores[row]) ? Reason.OK : Reason.NOT_FINITE;
        if (!reasons.get(row).equals(want.code())) {
          problems.add("score %s has the reason %s".formatted(scores[row], reasons.get(row)));
        } else if (want == Reason.OK && shown[row] != scores[row]) {
          problems.add("score %s is returned as %s".formatted(scores[row], shown[row]));
        }
      }
      return problems;
    }
  }

  private Answers answers(Signature signature, Tensor images, Tensor scores, Tensor limits) {
    var definition = model.meta().getSignatureDefOrThrow(signature.name());
    var runner = model.bundle().session().runner();
    for (var input : definition.getInputsMap().entrySet()) {
      var tensor = Map.of(ModelContract.IMAGES, images, ModelContract.THRESHOLD, limits);
      runner.feed(input.getValue().getName(), tensor.get(input.getKey()));
    }
    runner.feed(ModelContract.DECISION_SCORE, scores);
    var names = List.copyOf(definition.getOutputsMap().keySet());
    names.forEach(name -> runner.fetch(definition.getOutputsOrThrow(name).getName()));
    return TensorFlowCall.of("it fails", () -> new Answers(runner.run(), names));
  }
}
