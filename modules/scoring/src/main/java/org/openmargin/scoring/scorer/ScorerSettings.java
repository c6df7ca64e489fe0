package org.openmargin.scoring.scorer;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/**
 * The settings of scorers.
 *
 * @param domain of the probability scorers
 * @param values of some settings; the others keep their defaults
 */
public record ScorerSettings(MaxProbability.Domain domain, Map<ScorerSetting, Double> values) {
  /** Log-probabilities and the default of every setting. */
  public static final ScorerSettings DEFAULTS =
      new ScorerSettings(MaxProbability.Domain.LOG, Map.of());

  public ScorerSettings {
    var copy = new EnumMap<ScorerSetting, Double>(ScorerSetting.class);
    copy.putAll(values);
    values = Collections.unmodifiableMap(copy);
  }

  double number(ScorerSetting setting) {
    return values.getOrDefault(setting, setting.defaultValue());
  }

  int integer(ScorerSetting setting) {
    return (int) number(setting);
  }
}
