package org.openmargin.serving.gate.probe;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.openmargin.serving.Finding;
import org.openmargin.serving.LoadedModel;
import org.openmargin.serving.ModelContract;
import org.openmargin.serving.ModelContract.Signature;
import org.openmargin.serving.ModelException;
import org.openmargin.serving.Reason;
import org.openmargin.serving.SelfDescription;

/**
 * Puts numbers in the place of the unknown score and looks at what is decided: one unit in the last
 * place to either side of the threshold, and what is no number.
 */
record DecisionProbe(LoadedModel model, SelfDescription self, DeclaredDecision declared) {
  private static final Set<String> KNOWN_INPUTS =
      Set.of(
          ModelContract.IMAGES,
          ModelContract.PIXELS,
          ModelContract.IMAGE_BYTES,
          ModelContract.INPUTS,
          ModelContract.THRESHOLD,
          ModelContract.ALPHA);
  private static final Set<String> COMPARED =
      Set.of(ModelContract.IS_UNKNOWN, ModelContract.UNKNOWN_SCORE);

  List<Finding> check() {
    var findings = new ArrayList<Finding>();
    if (!declared.byClass().isEmpty() || ClassTable.isIn(model)) {
      findings.add(new ClassTable(model, declared, ModelContract.DECISION).check());
      findings.add(new ClassTable(model, declared, ModelContract.PIXEL_DECISION).check());
    }
    for (var signature : deciding()) {
      var what =
          "signature %s decides by its threshold, to the last bit".formatted(signature.name());
      try {
        findings.add(Finding.of(what, problems(signature)));
        findings.add(
            Finding.of(
                "signature %s rejects logits that are not finite".formatted(signature.name()),
                withoutNumbers(signature)));
      } catch (ModelException | IllegalArgumentException e) {
        findings.add(
            new Finding(
                false, "the decision of %s: %s".formatted(signature.name(), e.getMessage())));
      }
    }
    return findings;
  }

  /** They accept nothing, whatever the score: another head may have given it. */
  private List<String> withoutNumbers(Signature signature) {
    var columns =
        model
            .meta()
            .getSignatureDefOrThrow(ModelContract.SERVING_DEFAULT.name())
            .getOutputsOrThrow(ModelContract.LOGITS)
            .getTensorShape()
            .getDim(1)
            .getSize();
    var logits = new float[4][(int) columns];
    logits[0][0] = Float.NaN;
    logits[1][logits[1].length - 1] = Float.POSITIVE_INFINITY;
    Arrays.fill(logits[2], Float.NaN);
    var limits = FedDecision.filled(logits.length, declared.limit(self.classNames().size() - 1));
    var fed = new FedDecision(model, self.classNames().size(), !declared.byClass().isEmpty());
    var rows = new FedDecision.Rows(limits, limits, new float[limits.length], logits);
    try (var answers = fed.answers(signature, rows)) {
      var unknown = answers.booleans(ModelContract.IS_UNKNOWN);
      return unknown[0] && unknown[1] && unknown[2] && !unknown[3]
          ? List.of()
          : List.of(
              "signature %s accepts logits that are not finite, or rejects what it should accept"
                  .formatted(signature.name()));
    }
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
            FedDecision.filled(7, limit))
        : problems(
            signature,
            new float[] {limit, limit, limit, limit, limit, limit, no, -most, up},
            new float[] {limit, up, down, no, most, -most, limit, limit, down});
  }

  private List<String> problems(Signature signature, float[] scores, float[] thresholds) {
    var fed = new FedDecision(model, self.classNames().size(), !declared.byClass().isEmpty());
    try (var answers = fed.answers(signature, new FedDecision.Rows(scores, thresholds))) {
      var problems = new ArrayList<String>();
      var withReason = signature.outputs().containsKey(ModelContract.REASON);
      if (withReason && signature.outputs().containsKey(ModelContract.LOGITS)) {
        var coherence = new Coherence(self.classNames(), declared.temperature());
        problems.addAll(coherence.problems(answers, thresholds));
      }
      var reasons = withReason ? answers.strings(ModelContract.REASON) : List.<String>of();
      var shown =
          answers.names().contains(ModelContract.UNKNOWN_SCORE)
              ? answers.floats(ModelContract.UNKNOWN_SCORE)
              : scores;
      var unknown = answers.booleans(ModelContract.IS_UNKNOWN);
      for (var row = 0; row < scores.length; row++) {
        var finite = Float.isFinite(scores[row]);
        var accepted = finite && Float.isFinite(thresholds[row]) && scores[row] <= thresholds[row];
        if (unknown[row] == accepted) {
          problems.add(
              "score %s and threshold %s, but is_unknown is %s"
                  .formatted(scores[row], thresholds[row], unknown[row]));
        }
        if (withReason && !fits(Reason.of(reasons.get(row)), finite)) {
          problems.add("score %s has the reason %s".formatted(scores[row], reasons.get(row)));
        } else if (finite && shown[row] != scores[row]) {
          problems.add("score %s is returned as %s".formatted(scores[row], shown[row]));
        }
      }
      return problems;
    }
  }

  private static boolean fits(Reason reason, boolean finite) {
    return finite ? reason.scored() : reason == Reason.NOT_FINITE;
  }
}
