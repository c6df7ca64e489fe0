package org.openmargin.experiment.wiring;

import java.util.Map;
import org.openmargin.nn.OpenSetLoss;

/** Makes a custom loss, named in {@code loss.custom.name}. */
@FunctionalInterface
public interface LossFactory {

  /**
   * @param knownClasses C
   * @param parameters {@code loss.custom.parameters}
   */
  OpenSetLoss create(int knownClasses, Map<String, String> parameters);
}
