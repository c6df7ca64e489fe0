package org.openmargin.inference.calibration;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.openmargin.data.DataException;
import org.openmargin.scoring.calibration.AcceptanceThreshold;
import org.openmargin.scoring.calibration.Calibration;
import org.openmargin.scoring.calibration.ClassThresholds;
import org.openmargin.scoring.calibration.ConformalCalibration;
import org.openmargin.scoring.calibration.DecisionRule;
import org.openmargin.scoring.calibration.ImpostorThreshold;
import org.openmargin.scoring.calibration.Proportion;
import org.openmargin.scoring.calibration.TemperatureScaling;

/**
 * A new decision for a model, from the scores of known images.
 *
 * @param impostors how many of the impostors it accepts; empty without impostors
 * @param scaling of the probabilities; empty if they stay as they are
 */
public record FoundCalibration(
    DecisionRule rule, Optional<Proportion> impostors, Optional<TemperatureScaling> scaling) {

  /**
   * Scores of known images and, maybe, of impostors.
   *
   * @param predicted best classes of the known images
   * @param impostors empty for none
   */
  @SuppressWarnings("ArrayRecordComponent") // read-only by contract, never compared
  public record Scores(double[] known, int[] predicted, double[] impostors) {}

  /**
   * @param stored the decision so far
   * @param scaling of the probabilities, if they are scaled anew
   * @throws DataException if there are too few images for what is wanted, or wishes are in conflict
   */
  public static FoundCalibration of(
      Scores scores,
      List<String> classNames,
      StoredDecision stored,
      CalibrationSettings settings,
      Optional<TemperatureScaling> scaling) {
    try {
      var temperature = scaling.map(TemperatureScaling::temperature).orElse(stored.temperature());
      var rule = rule(scores, classNames, stored, settings, temperature);
      return new FoundCalibration(rule, accepted(scores, rule), scaling);
    } catch (IllegalArgumentException e) {
      throw new DataException(e.getMessage(), e);
    }
  }

  private static DecisionRule rule(
      Scores scores,
      List<String> classNames,
      StoredDecision stored,
      CalibrationSettings settings,
      double temperature) {
    var alphas = settings.alphas().isEmpty() ? stored.alphas() : settings.alphas();
    var predicted = ConformalCalibration.counts(scores.predicted(), classNames.size());
    var calibration = ConformalCalibration.of(stored.scorer(), scores.known(), predicted, alphas);
    if (settings.impostorShare().isPresent()) {
      var share = settings.impostorShare().get();
      var strict = ImpostorThreshold.of(scores.known(), scores.impostors(), share);
      return settings.alphas().isEmpty()
          ? new DecisionRule(with(calibration, strict), strict.alpha(), List.of(), temperature)
          : both(scores, calibration, strict, settings, temperature);
    }
    for (var alpha : settings.alphas()) {
      calibration.at(alpha);
    }
    var alpha = alphas.get(0);
    var byClass =
        settings.byClass()
            ? ClassThresholds.of(scores.known(), scores.predicted(), classNames, alpha)
            : List.<AcceptanceThreshold>of();
    return new DecisionRule(calibration, alpha, byClass, temperature);
  }

  /** The threshold of alpha, if it accepts few enough impostors. */
  private static DecisionRule both(
      Scores scores,
      Calibration calibration,
      AcceptanceThreshold strict,
      CalibrationSettings settings,
      double temperature) {
    settings.alphas().forEach(calibration::at);
    var wanted = calibration.at(settings.alphas().get(0));
    if (wanted.threshold() > strict.threshold()) {
      var accepted = accepted(scores, wanted);
      var n = scores.known().length;
      var rejected = new Proportion(Math.round(strict.validationRejectionRate() * n), n);
      throw new DataException(
          "the two wishes are in conflict: to accept at most %s of the impostors takes a threshold of at most %s, which rejects %d of the %d known images (%s); alpha %s takes %s, which accepts %d of the %d impostors (%s). Give one of them only, or other shares"
              .formatted(
                  percent(settings.impostorShare().orElseThrow()),
                  strict.threshold(),
                  rejected.count(),
                  n,
                  percent(rejected.share()),
                  wanted.alpha(),
                  wanted.threshold(),
                  accepted.count(),
                  accepted.of(),
                  percent(accepted.share())));
    }
    return new DecisionRule(calibration, wanted.alpha(), List.of(), temperature);
  }

  private static String percent(double share) {
    return Percent.of(share);
  }

  private static Calibration with(Calibration calibration, AcceptanceThreshold threshold) {
    var thresholds = new ArrayList<>(calibration.thresholds());
    if (thresholds.stream().noneMatch(other -> other.alpha() == threshold.alpha())) {
      thresholds.add(threshold);
    }
    return new Calibration(
        calibration.scorer(),
        calibration.scores(),
        thresholds,
        calibration.unattainableAlphas(),
        calibration.predicted());
  }

  private static Optional<Proportion> accepted(Scores scores, DecisionRule rule) {
    return scores.impostors().length == 0
        ? Optional.empty()
        : Optional.of(accepted(scores, rule.threshold()));
  }

  private static Proportion accepted(Scores scores, AcceptanceThreshold threshold) {
    var accepted = 0L;
    for (var score : scores.impostors()) {
      accepted += threshold.accepts(score) ? 1 : 0;
    }
    return new Proportion(accepted, scores.impostors().length);
  }
}
