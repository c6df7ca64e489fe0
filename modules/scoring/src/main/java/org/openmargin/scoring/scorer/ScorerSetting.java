package org.openmargin.scoring.scorer;

import java.util.Locale;

/** The numeric settings of scorers, each with a field of the same name in {@code ScoringConfig}. */
public enum ScorerSetting {
  /** T of {@link Energy} and {@link React}. */
  ENERGY_TEMPERATURE(1),
  /** k of {@link Knn}. */
  KNN_NEIGHBOURS(50),
  /** D of {@link Vim}; 0 means half of the embedding size. */
  VIM_DIMENSIONS(0),
  /** Number of largest distances that {@link OpenMax} fits. */
  OPENMAX_TAIL(20),
  /** Number of logits that {@link OpenMax} lowers; 0 means all. */
  OPENMAX_TOP(0),
  /** {@link React}'s quantile. */
  REACT_QUANTILE(0.9),
  /** {@link Gen}'s exponent. */
  GEN_EXPONENT(0.1),
  /** Number of probabilities that {@link Gen} sums; 0 means all. */
  GEN_TOP(0),
  /** T of {@link Odin}. */
  ODIN_TEMPERATURE(1000),
  /** Share of the common covariance in {@link GaussianDensity}. */
  GAUSSIAN_POOLING(0.5),
  /** Ridge of {@link GaussianDensity}. */
  GAUSSIAN_RIDGE(0.01),
  /** Share of the training images in {@link NnGuide}'s bank. */
  NNGUIDE_SHARE(1),
  /** k of {@link NnGuide}. */
  NNGUIDE_NEIGHBOURS(10);

  private final double defaultValue;

  ScorerSetting(double defaultValue) {
    this.defaultValue = defaultValue;
  }

  /** The name in the schema, in snake_case. */
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }

  public double defaultValue() {
    return defaultValue;
  }
}
