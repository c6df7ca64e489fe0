package org.openmargin.experiment.plugin;

import java.util.Map;
import org.openmargin.experiment.wiring.BackboneFactory;
import org.openmargin.experiment.wiring.DataSourceFactory;
import org.openmargin.experiment.wiring.LossFactory;

/**
 * Parts for experiments, found on the class path by {@link java.util.ServiceLoader}: a jar names
 * its implementation in {@code META-INF/services/org.openmargin.experiment.plugin.Plugin}. Every
 * experiment of the application can then use them, and with {@code --plugin JAR} so can the command
 * line. It needs a public constructor without parameters.
 *
 * <p>A part bound with {@code Experiment.withLoss} and the like takes precedence.
 */
public interface Plugin {

  /** Losses by the names that experiments give in {@code loss.custom.name}. */
  default Map<String, LossFactory> losses() {
    return Map.of();
  }

  /** Backbones by the names that experiments give in {@code model.custom.name}. */
  default Map<String, BackboneFactory> backbones() {
    return Map.of();
  }

  /** Data sources by the names that experiments give in {@code data.custom.name}. */
  default Map<String, DataSourceFactory> dataSources() {
    return Map.of();
  }
}
