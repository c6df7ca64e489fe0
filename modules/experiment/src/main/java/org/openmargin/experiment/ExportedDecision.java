package org.openmargin.experiment;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.openmargin.experiment.folder.RunException;
import org.openmargin.exporter.ExportRequest.Decision;
import org.openmargin.exporter.calibration.DecisionFacts;
import org.openmargin.scoring.Predictions;
import org.openmargin.scoring.calibration.AcceptanceThreshold;
import org.openmargin.scoring.calibration.ClassThresholds;
import org.openmargin.scoring.calibration.DecisionRule;
import org.openmargin.scoring.calibration.TemperatureScaling;

/**
 * The decision that an export puts into its model: the evaluated scorer and calibration, and what
 * else was chosen, found on the same known validation images.
 *
 * @param scaling of the probabilities; empty if they stay as they are
 */
record ExportedDecision(
    Evaluation evaluation, DecisionRule rule, Optional<TemperatureScaling> scaling) {

  /**
   * @throws RunException if there are too few validation images for what was chosen
   */
  static ExportedDecision of(Evaluation evaluation, DecisionChoice choice) {
    var selected = evaluation.result().selected();
    var alpha = selected.threshold().alpha();
    try {
      var scaling =
          choice.temperature()
              ? Optional.of(scaling(evaluation))
              : Optional.<TemperatureScaling>empty();
      var byClass =
          choice.classConditional() ? byClass(evaluation, alpha) : List.<AcceptanceThreshold>of();
      var temperature = scaling.map(TemperatureScaling::temperature).orElse(1.0);
      var rule = new DecisionRule(selected.calibration(), alpha, byClass, temperature);
      return new ExportedDecision(evaluation, rule, scaling);
    } catch (IllegalArgumentException e) {
      throw new RunException("on the run's validation images: " + e.getMessage(), e);
    }
  }

  private static List<AcceptanceThreshold> byClass(Evaluation evaluation, double alpha) {
    var scorer = evaluation.plan().selectedScorer();
    var used = scorer.calibrating(evaluation.validation());
    return ClassThresholds.of(
        scorer.unknownScores(used), predicted(used), used.head().classNames(), alpha);
  }

  private static int[] predicted(Predictions predictions) {
    var classes = new int[predictions.size()];
    Arrays.setAll(classes, predictions::predictedClass);
    return classes;
  }

  private static TemperatureScaling scaling(Evaluation evaluation) {
    var validation = evaluation.validation();
    return TemperatureScaling.of(
        List.of(validation.logits()),
        validation.truth().labels(),
        validation.head().knownClasses(),
        1);
  }

  Decision decision() {
    return new Decision(
        evaluation.test().head(),
        evaluation.plan().selectedScorer(),
        rule,
        evaluation.decision().guard());
  }

  /** For {@code open_set.json}. */
  Map<String, Object> facts() {
    return DecisionFacts.of(rule, evaluation.test().head().classNames(), scaling);
  }

  /** For the model card, whose figures are those of one threshold; empty if that decides. */
  String card() {
    var text = new StringBuilder();
    if (!rule.byClass().isEmpty()) {
      text.append("\n## Thresholds by class\n\n");
      text.append(rates());
    }
    scaling.ifPresent(
        found -> text.append("\n## Temperature\n\n%s\n".formatted(DecisionFacts.sentence(found))));
    return text.toString();
  }

  /** Of the test images. */
  private String rates() {
    var scores = evaluation.scored().of(rule.calibration().scorer());
    var test = evaluation.test();
    var counts = new long[2][2];
    for (var row = 0; row < test.size(); row++) {
      var rejected = !rule.accepts(scores[row], test.predictedClass(row));
      counts[test.truth().isKnown(row) ? 0 : 1][rejected ? 1 : 0]++;
    }
    return String.format(
        Locale.ROOT,
        "This model decides by a threshold for each predicted class: of the known images that are taken for a class, at most %s are rejected. The figures above are those of one threshold for all; by class, %s of the known test images are rejected and %s of the unknown ones.\n",
        rule.alpha(),
        share(counts[0]),
        share(counts[1]));
  }

  private static String share(long[] counts) {
    return "%d of %d".formatted(counts[1], counts[0] + counts[1]);
  }
}
