package org.openmargin.scoring.scorer;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/**
 * The settings of scorers.
 *
 * @param domain of the probability scorers
 * @param values of some settings; the others keep their defaults
 * @param layers of scorers that look at more than the last layer
 */
public record ScorerSettings(
    MaxProbability.Domain domain, Map<ScorerSetting, Double> values, LayerSettings layers) {
  /** Log-probabilities and the default of every setting. */
  public static final ScorerSettings DEFAULTS =
      new ScorerSettings(MaxProbability.Domain.LOG, Map.of(), LayerSettings.NONE);

  public ScorerSettings {
    var copy = new EnumMap<ScorerSetting, Double>(ScorerSetting.class);
    copy.putAll(values);
    values = Collections.unmodifiableMap(copy);
  }

  /** Without features. */
  public ScorerSettings(MaxProbability.Domain domain, Map<ScorerSetting, Double> values) {
    this(domain, values, LayerSettings.NONE);
  }

  /** A copy in which a {@link Combination} without an own score has this one. */
  public ScorerSettings withOwn(ScorerType fallback) {
    return new ScorerSettings(domain, values, layers.withOwn(fallback));
  }

  double number(ScorerSetting setting) {
    return values.getOrDefault(setting, setting.defaultValue());
  }

  int integer(ScorerSetting setting) {
    return (int) number(setting);
  }
}
