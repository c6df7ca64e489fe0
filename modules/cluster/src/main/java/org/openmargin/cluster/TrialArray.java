package org.openmargin.cluster;

import java.util.List;
import org.openmargin.config.v1.ClusterConfig;

/**
 * Trials to run on a cluster.
 *
 * @param name of their plan
 * @param trials their numbers; kept ascending
 * @param cluster what each needs
 */
public record TrialArray(
    String name, List<Integer> trials, TrialCommand command, ClusterNeeds cluster) {

  /**
   * @throws ClusterException if there are no trials
   */
  public TrialArray {
    trials = trials.stream().distinct().sorted().toList();
    if (trials.isEmpty()) {
      throw new ClusterException("there is no trial to submit");
    }
  }

  ClusterConfig needs() {
    return cluster.config();
  }
}
