package org.openmargin.scoring.evaluation;

import java.util.HashSet;
import java.util.List;
import org.openmargin.scoring.Predictions;
import org.openmargin.scoring.calibration.ConformalCalibration;
import org.openmargin.scoring.metric.AurocByUnknownClass;
import org.openmargin.scoring.metric.ClosedSetMetrics;
import org.openmargin.scoring.metric.ScorerMetrics;

/**
 * The evaluation of one checkpoint: threshold-free metrics of every scorer, and the decision of the
 * selected one.
 *
 * @param closedSet accuracy and calibration on known test images
 * @param scorers metrics of each scorer, in the order given
 * @param selected the scorer that decides; selected by configuration, calibrated on validation
 *     images, never chosen by test results
 * @param rejections at other thresholds and by other scorers
 */
public record OpenSetEvaluation(
    ImageCounts counts,
    ClosedSetMetrics closedSet,
    List<ScorerMetrics> scorers,
    SelectedScorer selected,
    Rejections rejections) {

  public OpenSetEvaluation {
    scorers = List.copyOf(scorers);
  }

  /** Closed-set accuracy on known test images, in [0, 1]. */
  public double acc() {
    return closedSet.acc();
  }

  public ScorerMetrics selectedMetrics() {
    return scorers.stream()
        .filter(metrics -> metrics.name().equals(selected.name()))
        .findFirst()
        .orElseThrow();
  }

  /**
   * Evaluates a checkpoint.
   *
   * @param validation known validation images only
   * @param test known and unknown test images, of the same head; without unknown ones, what needs
   *     them is not measured
   * @throws IllegalArgumentException if validation holds an unknown image, test lacks known ones,
   *     the heads differ, or there are too few validation images for the deciding alpha
   */
  public static OpenSetEvaluation of(
      EvaluationPlan plan, Predictions validation, Predictions test) {
    return of(plan, validation, ScoredPredictions.of(test, plan.scorers()));
  }

  /**
   * As {@link #of(EvaluationPlan, Predictions, Predictions)}, for test images that the plan's
   * scorers have already scored.
   */
  public static OpenSetEvaluation of(
      EvaluationPlan plan, Predictions validation, ScoredPredictions scored) {
    var test = scored.predictions();
    requireUsable(validation, test);
    var selection = plan.selection();
    var calibration =
        ConformalCalibration.calibrate(plan.selectedScorer(), validation, selection.alphas());
    var threshold = calibration.at(selection.alpha());
    var point = OperatingPoint.of(threshold.rejected(scored.of(selection.scorer())), test);
    var guard =
        Guard.of(plan.selectedScorer(), validation)
            .map(found -> SelectedScorer.Unusual.of(found, test));
    var metrics =
        plan.scorers().stream()
            .map(
                scorer ->
                    ScorerMetrics.of(
                            scorer.name(), scored.unknownScores(scorer.name()), plan.bootstrap())
                        .with(AurocByUnknownClass.of(scored.of(scorer.name()), test)))
            .toList();
    return new OpenSetEvaluation(
        new ImageCounts(validation.size(), test.known().size(), test.unknown().size()),
        ClosedSetMetrics.of(test.known()),
        metrics,
        new SelectedScorer(selection, calibration, threshold, point, guard),
        Rejections.of(plan, calibration, validation, scored));
  }

  private static void requireUsable(Predictions validation, Predictions test) {
    if (!validation.head().equals(test.head())) {
      throw new IllegalArgumentException(
          "validation and test predictions must come from the same head; got %s and %s"
              .formatted(validation.head(), test.head()));
    }
    if (test.known().size() == 0) {
      throw new IllegalArgumentException(
          "an evaluation needs known test images; got 0 known and %d unknown"
              .formatted(test.unknown().size()));
    }
    var seen = new HashSet<String>(validation.truth().ids());
    test.truth().ids().stream()
        .filter(seen::contains)
        .findFirst()
        .ifPresent(
            id -> {
              throw new IllegalArgumentException(
                  "image '" + id + "' is in the validation and in the test predictions");
            });
  }
}
