package org.openmargin.experiment.wiring;

import org.openmargin.nn.OpenSetLoss;

/** Creates the head and loss, once the number of known classes is known. */
@FunctionalInterface
public interface HeadOfClasses {

  /**
   * @param knownClasses at least 2
   */
  OpenSetLoss of(int knownClasses);
}
