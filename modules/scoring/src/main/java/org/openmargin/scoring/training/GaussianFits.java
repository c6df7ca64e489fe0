package org.openmargin.scoring.training;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.openmargin.scoring.numeric.ClassGaussians;
import org.openmargin.scoring.numeric.Shrinkage;

/**
 * The Gaussians of features, each fitted once, however many scorers use it: a fit costs n d^2 for
 * each feature. Thread-safe.
 */
public final class GaussianFits {
  private record Key(String feature, Shrinkage shrinkage) {}

  private final Map<Key, ClassGaussians> fitted = new ConcurrentHashMap<>();

  /**
   * @param training always the same
   * @throws IllegalArgumentException for a feature that the outputs lack
   */
  public ClassGaussians of(TrainingOutputs training, String feature, Shrinkage shrinkage) {
    return fitted.computeIfAbsent(
        new Key(feature, shrinkage),
        key ->
            ClassGaussians.fit(
                training.feature(feature), training.predictions().truth().labels(), shrinkage));
  }
}
