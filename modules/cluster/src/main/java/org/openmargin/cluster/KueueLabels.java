package org.openmargin.cluster;

import java.util.LinkedHashMap;
import java.util.Map;
import org.openmargin.config.v1.KubernetesConfig;

/**
 * What tells Kueue to queue a job.
 *
 * @see <a href="https://kueue.sigs.k8s.io/docs/tasks/run/jobs/">Run a job</a>
 */
record KueueLabels(KubernetesConfig kubernetes) {
  private static final String PREFIX = "kueue.x-k8s.io/";

  Map<String, Object> with(Map<String, Object> labels) {
    var all = new LinkedHashMap<>(labels);
    if (!kubernetes.getQueue().isEmpty()) {
      all.put(PREFIX + "queue-name", kubernetes.getQueue());
    }
    if (!kubernetes.getPriorityClass().isEmpty()) {
      all.put(PREFIX + "priority-class", kubernetes.getPriorityClass());
    }
    return all;
  }

  /** Trials do not wait for each other, so a job may start as soon as one pod has room. */
  static Map<String, Object> startsWithFewPods() {
    return Map.of(PREFIX + "job-min-parallelism", "1");
  }
}
