package org.openmargin.scoring.calibration;

import java.util.List;

/**
 * All numbers that a calibration puts into a model.
 *
 * @param calibration of the scores
 * @param alpha selects the calibration's threshold that decides
 * @param byClass thresholds by predicted class, in label order, which decide in place of the one
 *     for all; empty for none
 * @param temperature divides the logits before the softmax, and nothing else: neither the best
 *     class nor the score depends on it
 */
public record DecisionRule(
    Calibration calibration, double alpha, List<AcceptanceThreshold> byClass, double temperature) {

  /** Refuses an alpha without a threshold, and a temperature that is not positive. */
  public DecisionRule {
    byClass = List.copyOf(byClass);
    calibration.at(alpha);
    if (!(temperature > 0 && Double.isFinite(temperature))) {
      throw new IllegalArgumentException(
          "a temperature must be positive and finite; got " + temperature);
    }
  }

  /** One threshold for all classes, probabilities as they are. */
  public DecisionRule(Calibration calibration, double alpha) {
    this(calibration, alpha, List.of(), 1);
  }

  /** The threshold for all classes. */
  public AcceptanceThreshold threshold() {
    return calibration.at(alpha);
  }

  /** The threshold that decides where this class is predicted. */
  public AcceptanceThreshold threshold(int predictedClass) {
    return byClass.isEmpty() ? threshold() : byClass.get(predictedClass);
  }

  public boolean accepts(double unknownScore, int predictedClass) {
    return threshold(predictedClass).accepts(unknownScore);
  }

  /** The probability of a column of logits: {@code softmax(z / T)}. */
  public double probability(float[] logits, int column) {
    return Temperature.probability(logits, column, temperature);
  }
}
