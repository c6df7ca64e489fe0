package org.openmargin.benchmark;

import java.util.Collection;
import org.openmargin.experiment.folder.RunException;

/**
 * Results and runs of what a plan no longer says: days of training that nobody asked to replace.
 */
final class StaleResults {
  private StaleResults() {}

  /**
   * Refuses them.
   *
   * @throws RunException that names the first, if there is one
   */
  static void refuse(Collection<TrialState> states) {
    var stale =
        states.stream()
            .filter(TrialState.Stale.class::isInstance)
            .map(TrialState.Stale.class::cast)
            .toList();
    if (stale.isEmpty()) {
      return;
    }
    var first = stale.get(0);
    throw new RunException(
        "%s: %s%s; keep it and give others another folder (--results and --work), or replace it (--replace-stale)"
            .formatted(
                first.file(),
                first.reason(),
                stale.size() == 1 ? "" : ", and %d more like it".formatted(stale.size() - 1)));
  }
}
