package org.openmargin.serving.gate.probe;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import org.openmargin.serving.AlphaThresholds;
import org.openmargin.serving.Finding;
import org.openmargin.serving.JsonText;
import org.openmargin.serving.LoadedModel;
import org.openmargin.serving.ModelContract;
import org.openmargin.serving.ModelContract.Signature;
import org.openmargin.serving.ModelException;
import org.openmargin.serving.SelfDescription;

/**
 * Whether p-values fall as scores rise, pass each alpha where {@code open_set.json} has its
 * threshold, and decide as a client's alpha says.
 */
record PValueProbe(LoadedModel model, SelfDescription self, DeclaredDecision declared) {
  private static final double TOLERANCE = 1e-6;
  private static final float LARGE = 1e30f;
  private static final List<Signature> SHOWN =
      List.of(ModelContract.SERVING_DEFAULT, ModelContract.SERVING_PIXELS);
  private static final List<Signature> DECIDING =
      List.of(ModelContract.DECIDE, ModelContract.DECIDE_PIXELS);

  List<Finding> check() {
    var findings = new ArrayList<Finding>();
    try {
      var thresholds = AlphaThresholds.listed(JsonText.object(self.description()));
      for (var signature : SHOWN) {
        findings.add(
            Finding.of(
                "p-values of %s fit the thresholds of %d alphas"
                    .formatted(signature.name(), thresholds.byAlpha().size()),
                problems(signature, thresholds)));
      }
      for (var signature : DECIDING) {
        findings.add(
            Finding.of(
                "signature %s decides by alpha, to the last bit".formatted(signature.name()),
                decided(signature, thresholds)));
      }
    } catch (ModelException | IllegalArgumentException e) {
      findings.add(new Finding(false, "the p-values: " + e.getMessage()));
    }
    return findings;
  }

  private FedDecision fed() {
    return new FedDecision(model, self.classNames().size(), !declared.byClass().isEmpty());
  }

  /** From the largest alpha, which has the smallest threshold: each threshold, and just above. */
  private static float[] scores(AlphaThresholds thresholds) {
    var ascending =
        thresholds.byAlpha().values().stream()
            .flatMapToDouble(
                threshold -> {
                  var limit = DeclaredDecision.limit(threshold);
                  return DoubleStream.of(
                      limit, Math.nextUp(Math.max(limit, threshold.floatValue())));
                })
            .sorted();
    return floats(
        DoubleStream.concat(
                DoubleStream.of(-LARGE), DoubleStream.concat(ascending, DoubleStream.of(LARGE)))
            .boxed()
            .toList());
  }

  private static float[] floats(List<Double> values) {
    var floats = new float[values.size()];
    for (var i = 0; i < floats.length; i++) {
      floats[i] = values.get(i).floatValue();
    }
    return floats;
  }

  private List<String> problems(Signature signature, AlphaThresholds thresholds) {
    var scores = scores(thresholds);
    try (var answers = fed().answers(signature, new FedDecision.Rows(scores))) {
      var values = answers.floats(ModelContract.P_VALUE);
      var problems = new ArrayList<String>();
      if (values[0] != 1 || !(values[values.length - 1] > 0)) {
        problems.add("p-values do not go from 1 to more than 0");
      }
      for (var i = 1; i < values.length; i++) {
        if (!(values[i] <= values[i - 1])) {
          problems.add(
              "the p-value of score %s is larger than that of %s"
                  .formatted(scores[i], scores[i - 1]));
        }
      }
      thresholds
          .byAlpha()
          .forEach(
              (alpha, threshold) -> {
                var limit = DeclaredDecision.limit(threshold);
                var above = Math.nextUp(Math.max(limit, threshold.floatValue()));
                for (var i = 0; i < scores.length; i++) {
                  var wrong =
                      scores[i] <= limit
                          ? values[i] < alpha - TOLERANCE
                          : scores[i] >= above && values[i] > alpha + TOLERANCE;
                  if (wrong) {
                    problems.add(
                        "score %s has the p-value %s, but alpha %s the threshold %s"
                            .formatted(scores[i], values[i], alpha, threshold));
                  }
                }
              });
      return problems;
    }
  }

  /** At alpha, just below it, and with what is no alpha. */
  private List<String> decided(Signature signature, AlphaThresholds thresholds) {
    var scores = scores(thresholds);
    float[] values;
    try (var answers = fed().answers(signature, new FedDecision.Rows(scores))) {
      values = answers.floats(ModelContract.P_VALUE);
    }
    var problems = new ArrayList<String>();
    problems.addAll(problems(signature, scores, values, values));
    var below = new float[values.length];
    for (var i = 0; i < below.length; i++) {
      below[i] = Math.nextDown(values[i]);
    }
    problems.addAll(problems(signature, scores, values, below));
    problems.addAll(
        problems(signature, scores, values, FedDecision.filled(scores.length, Float.NaN)));
    return problems.stream().distinct().collect(Collectors.toList());
  }

  private List<String> problems(
      Signature signature, float[] scores, float[] values, float[] alphas) {
    var all = FedDecision.filled(scores.length, Float.MAX_VALUE);
    try (var answers = fed().answers(signature, new FedDecision.Rows(scores, all, alphas))) {
      var unknown = answers.booleans(ModelContract.IS_UNKNOWN);
      var problems = new ArrayList<String>();
      for (var i = 0; i < scores.length; i++) {
        if (unknown[i] == values[i] > alphas[i]) {
          problems.add(
              "p-value %s and alpha %s, but is_unknown is %s"
                  .formatted(values[i], alphas[i], unknown[i]));
        }
      }
      return problems;
    }
  }
}
