package org.openmargin.serving.gate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.openmargin.serving.Answers;
import org.openmargin.serving.FileExample;
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
record DecisionProbe(LoadedModel model, SelfDescription self, DeclaredDecision declared) {
  private static final int SIDE = 8;
  private static final Set<String> KNOWN_INPUTS =
      Set.of(
          ModelContract.IMAGES,
          ModelContract.IMAGE_BYTES,
          ModelContract.INPUTS,
          ModelContract.THRESHOLD,
          ModelContract.ALPHA);
  private static final Set<String> COMPARED =
      Set.of(ModelContract.IS_UNKNOWN, ModelContract.UNKNOWN_SCORE, ModelContract.REASON);

  List<Finding> check() {
    var findings = new ArrayList<Finding>();
    if (!declared.byClass().isEmpty() || ClassTable.isIn(model)) {
      findings.add(new ClassTable(model, declared).check());
    }
    for (var signature : deciding()) {
      var what =
          "signature %s decides by its threshold, to the last bit".formatted(signature.name());
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

  private static List<Signature> deciding() {
    return ModelContract.SIGNATURES.stream()
        .filter(signature -> KNOWN_INPUTS.containsAll(signature.inputs().keySet()))
        .filter(signature -> signature.outputs().keySet().containsAll(COMPARED))
        .toList();
  }

  private List<String> problems(Signature signature) {
    var own = !signature.inputs().containsKey(ModelContract.THRESHOLD);
    // A class's own threshold, where there is one: another one than that of all classes.
    var limit = declared.limit(self.classNames().size() - 1);
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
    try (var answers = answers(signature, scores, thresholds)) {
      var problems = new ArrayList<String>();
      if (signature.outputs().containsKey(ModelContract.LOGITS)) {
        var coherence = new Coherence(self.classNames(), declared.temperature());
        problems.addAll(coherence.problems(answers, thresholds));
      }
      var reasons = answers.strings(ModelContract.REASON);
      var shown = answers.floats(ModelContract.UNKNOWN_SCORE);
      var unknown = answers.booleans(ModelContract.IS_UNKNOWN);
      for (var row = 0; row < scores.length; row++) {
        var finite = Float.isFinite(scores[row]);
        var reason = Reason.of(reasons.get(row));
        var accepted = finite && Float.isFinite(thresholds[row]) && scores[row] <= thresholds[row];
        if (unknown[row] == accepted) {
          problems.add(
              "score %s and threshold %s, but is_unknown is %s"
                  .formatted(scores[row], thresholds[row], unknown[row]));
        }
        if (finite ? !reason.scored() : reason != Reason.NOT_FINITE) {
          problems.add("score %s has the reason %s".formatted(scores[row], reason.code()));
        } else if (finite && shown[row] != scores[row]) {
          problems.add("score %s is returned as %s".formatted(scores[row], shown[row]));
        }
      }
      return problems;
    }
  }

  private Answers answers(Signature signature, float[] scores, float[] thresholds) {
    var count = scores.length;
    var definition = model.meta().getSignatureDefOrThrow(signature.name());
    var channels = new Pictures(Pictures.channels(model));
    var black = new byte[SIDE * SIDE * channels.channels()];
    var png = channels.samples().get(0).file();
    try (var images =
            TensorProtos.images(
                Collections.nCopies(count, black), SIDE, SIDE, channels.channels());
        var files = TensorProtos.strings(Collections.nCopies(count, png));
        var examples = TensorProtos.strings(Collections.nCopies(count, FileExample.of(png)));
        var fed = TFloat32.vectorOf(scores);
        var limits = TFloat32.vectorOf(thresholds);
        var alphas = TFloat32.vectorOf(new float[count]);
        var last = ClassTable.classes(count, self.classNames().size() - 1)) {
      var inputs =
          Map.<String, Tensor>of(
              ModelContract.IMAGES, images,
              ModelContract.IMAGE_BYTES, files,
              ModelContract.INPUTS, examples,
              ModelContract.THRESHOLD, limits,
              ModelContract.ALPHA, alphas);
      var runner = model.bundle().session().runner();
      definition
          .getInputsMap()
          .forEach((name, info) -> runner.feed(info.getName(), inputs.get(name)));
      runner.feed(ModelContract.DECISION_SCORE, fed);
      if (!declared.byClass().isEmpty()) {
        runner.feed(ModelContract.DECISION_CLASS, last);
      }
      var names = List.copyOf(definition.getOutputsMap().keySet());
      names.forEach(name -> runner.fetch(definition.getOutputsOrThrow(name).getName()));
      return TensorFlowCall.of("it fails", () -> new Answers(runner.run(), names));
    }
  }
}
