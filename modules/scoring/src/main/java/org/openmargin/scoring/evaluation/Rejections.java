package org.openmargin.scoring.evaluation;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.DoubleStream;
import org.openmargin.scoring.Predictions;
import org.openmargin.scoring.UnknownScores;
import org.openmargin.scoring.calibration.AcceptanceThreshold;
import org.openmargin.scoring.calibration.Calibration;
import org.openmargin.scoring.calibration.ConformalCalibration;
import org.openmargin.scoring.scorer.Scorer;

/**
 * Shares of test images that are rejected: by the deciding scorer at each of its thresholds, and by
 * every scorer at its own threshold for the deciding alpha. Thresholds are from known validation
 * images; the rates decide nothing.
 *
 * @param byAlpha of the deciding scorer, in the order of its thresholds
 * @param byScorer by name; lacks scorers without a threshold at the deciding alpha
 */
public record Rejections(Map<Double, Rates> byAlpha, Map<String, Rates> byScorer) {

  public Rejections {
    byAlpha = Collections.unmodifiableMap(new LinkedHashMap<>(byAlpha));
    byScorer = Collections.unmodifiableMap(new LinkedHashMap<>(byScorer));
  }

  /**
   * Fractions of the images of a group.
   *
   * @param known empty without known test images
   * @param unknown empty without unknown test images
   */
  public record Rates(OptionalDouble known, OptionalDouble unknown) {
    static Rates of(AcceptanceThreshold threshold, UnknownScores scores) {
      return new Rates(rejected(threshold, scores.known()), rejected(threshold, scores.unknown()));
    }

    private static OptionalDouble rejected(AcceptanceThreshold threshold, double[] scores) {
      return DoubleStream.of(scores).map(s -> threshold.accepts(s) ? 0 : 1).average();
    }
  }

  /**
   * @param calibration of the plan's selected scorer
   * @param validation known validation images only
   */
  static Rejections of(
      EvaluationPlan plan,
      Calibration calibration,
      Predictions validation,
      ScoredPredictions scored) {
    var selected = plan.selection();
    var deciding = scored.unknownScores(selected.scorer());
    var byAlpha = new LinkedHashMap<Double, Rates>();
    calibration.thresholds().forEach(t -> byAlpha.put(t.alpha(), Rates.of(t, deciding)));
    var byScorer = new LinkedHashMap<String, Rates>();
    for (var scorer : plan.scorers()) {
      // Those of the deciding scorer are there already.
      var rates =
          scorer.name().equals(selected.scorer())
              ? Optional.ofNullable(byAlpha.get(selected.alpha()))
              : threshold(scorer, validation, selected.alpha())
                  .map(t -> Rates.of(t, scored.unknownScores(scorer.name())));
      rates.ifPresent(r -> byScorer.put(scorer.name(), r));
    }
    return new Rejections(byAlpha, byScorer);
  }

  /** Empty if there are too few validation images, or their scores are not finite. */
  private static Optional<AcceptanceThreshold> threshold(
      Scorer scorer, Predictions validation, double alpha) {
    var scores = scorer.unknownScores(scorer.calibrating(validation));
    return DoubleStream.of(scores).allMatch(Double::isFinite)
        ? ConformalCalibration.attainable(scores, alpha)
        : Optional.empty();
  }
}
