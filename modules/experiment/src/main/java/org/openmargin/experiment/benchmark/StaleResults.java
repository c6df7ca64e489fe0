package org.openmargin.experiment.benchmark;

import java.util.Map;
import org.openmargin.config.PlannedTrial;
import org.openmargin.experiment.RunException;

/** Results of what a plan no longer says: days of training that nobody asked to replace. */
final class StaleResults {
  private StaleResults() {}

  /**
   * Refuses them.
   *
   * @throws RunException that names the first, if there is one
   */
  static void refuse(Map<PlannedTrial, TrialState> states, BenchmarkFolders folders) {
    var stale =
        states.entrySet().stream().filter(e -> e.getValue() instanceof TrialState.Stale).toList();
    if (stale.isEmpty()) {
      return;
    }
    var first = stale.get(0);
    throw new RunException(
        "%s: %s%s; keep it and give other results another folder (--results), or replace it (--replace-stale)"
            .formatted(
                folders.result(first.getKey()),
                ((TrialState.Stale) first.getValue()).reason(),
                stale.size() == 1 ? "" : ", and %d more like it".formatted(stale.size() - 1)));
  }
}
