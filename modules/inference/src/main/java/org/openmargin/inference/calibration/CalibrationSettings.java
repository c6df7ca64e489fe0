package org.openmargin.inference.calibration;

import java.util.List;
import java.util.Optional;

/**
 * What a calibration shall reach.
 *
 * @param alphas largest shares of rejected known images, the deciding one first; empty for those of
 *     the model
 * @param impostorShare largest share of accepted impostors; empty for none
 * @param byClass whether each predicted class has its own threshold
 * @param temperature whether probabilities are scaled
 */
public record CalibrationSettings(
    List<Double> alphas, Optional<Double> impostorShare, boolean byClass, boolean temperature) {

  /**
   * @throws IllegalArgumentException if a share is none, or the wishes exclude one another
   */
  public CalibrationSettings {
    alphas = List.copyOf(alphas);
    alphas.forEach(alpha -> share("alpha", alpha));
    impostorShare.ifPresent(share -> share("the share of accepted impostors", share));
    if (alphas.stream().distinct().count() < alphas.size()) {
      throw new IllegalArgumentException("an alpha is given twice: " + alphas);
    }
    if (byClass && impostorShare.isPresent()) {
      throw new IllegalArgumentException(
          "a share of accepted impostors needs one threshold for all classes; give it or thresholds by class, not both");
    }
  }

  private static void share(String what, double value) {
    if (!(value > 0 && value < 1)) {
      throw new IllegalArgumentException(
          "%s must be between 0 and 1, exclusive; got %s".formatted(what, value));
    }
  }
}
