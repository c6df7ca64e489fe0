package org.openmargin.experiment.wiring;

import java.util.Map;
import org.openmargin.nn.Backbone;

/** Makes a custom backbone, named in {@code model.custom.name}. */
@FunctionalInterface
public interface BackboneFactory {

  /**
   * @param parameters {@code model.custom.parameters}
   */
  Backbone create(Map<String, String> parameters);
}
