package org.openmargin.cluster;

import java.nio.file.Path;
import java.util.List;
import org.openmargin.config.plan.PlannedCluster;
import org.openmargin.config.v1.ClusterConfig;

/**
 * What each trial needs on a cluster, from the section {@code cluster} of a plan.
 *
 * @param config with every default set
 */
public record ClusterNeeds(ClusterConfig config) {

  /**
   * @param settings {@code path=value} each, below {@code cluster}
   * @throws org.openmargin.config.text.ConfigException with every problem at once
   */
  public static ClusterNeeds read(Path plan, List<String> settings) {
    return new ClusterNeeds(PlannedCluster.read(plan, settings));
  }

  /** Cores of a trial. */
  public int cpus() {
    return config.getCpus();
  }

  /** The words that start OpenMargin there; empty if the plan does not say. */
  public List<String> program() {
    return List.copyOf(config.getProgramList());
  }
}
