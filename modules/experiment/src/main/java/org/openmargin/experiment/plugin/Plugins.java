package org.openmargin.experiment.plugin;

import java.util.HashMap;
import java.util.Map;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import org.openmargin.experiment.folder.RunException;
import org.openmargin.experiment.wiring.CustomParts;

/** Finds the plugins that the current thread's class loader sees. */
public final class Plugins {
  private Plugins() {}

  /**
   * The parts of all plugins.
   *
   * @throws RunException if a plugin cannot be loaded, or two bind the same name
   */
  public static CustomParts parts() {
    var all = new CustomParts(new HashMap<>(), new HashMap<>(), new HashMap<>());
    try {
      for (var plugin : ServiceLoader.load(Plugin.class)) {
        add(all.losses(), plugin.losses(), "loss", plugin);
        add(all.backbones(), plugin.backbones(), "backbone", plugin);
        add(all.dataSources(), plugin.dataSources(), "data source", plugin);
      }
    } catch (ServiceConfigurationError | LinkageError e) {
      throw new RunException("a plugin cannot be loaded: " + reason(e), e);
    }
    return all.fixed();
  }

  private static <T> void add(
      Map<String, T> all, Map<String, T> parts, String kind, Plugin plugin) {
    parts.forEach(
        (name, part) -> {
          if (all.putIfAbsent(name, part) != null) {
            throw new RunException(
                "two plugins bind the %s '%s'; the second is %s"
                    .formatted(kind, name, plugin.getClass().getName()));
          }
        });
  }

  private static String reason(Error e) {
    return e.getCause() == null ? e.toString() : e.getMessage() + ": " + e.getCause();
  }
}
