package org.openmargin.experiment.wiring;

import java.util.Map;
import java.util.TreeSet;
import org.openmargin.config.v1.CustomPartConfig;
import org.openmargin.experiment.folder.RunException;

/** Finds the custom part that is bound under the name in the experiment. */
final class CustomParts {
  private CustomParts() {}

  static <T> T named(CustomPartConfig part, String field, Map<String, T> bound) {
    var found = bound.get(part.getName());
    if (found == null) {
      throw new RunException(
          "%s.name: nothing is bound under '%s'; bound are %s (bind one with Experiment.with...)"
              .formatted(field, part.getName(), new TreeSet<>(bound.keySet())));
    }
    return found;
  }
}
