package org.openmargin.cluster;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What Kubernetes does with a failed pod; the first rule that fits counts. Without one, the trial
 * is tried again as often as {@code backoffLimitPerIndex} says.
 */
final class FailureRules {
  private FailureRules() {}

  static List<Object> all() {
    var rules = new ArrayList<Object>();
    // Evicted, preempted, its node drained: nobody's fault.
    rules.add(
        rule(
            "Ignore",
            "onPodConditions",
            List.of(ordered("type", "DisruptionTarget", "status", "True"))));
    rules.add(onExitCodes("FailIndex", TrialCommand.FINAL));
    rules.add(onExitCodes("Ignore", List.of(TrialCommand.BUSY, TrialCommand.STOPPED)));
    return rules;
  }

  private static Map<String, Object> onExitCodes(String action, List<Integer> codes) {
    var requirement = ordered("containerName", TrialPod.CONTAINER, "operator", "In");
    requirement.put("values", codes);
    return rule(action, "onExitCodes", requirement);
  }

  private static Map<String, Object> rule(String action, String what, Object requirement) {
    return ordered("action", action, what, requirement);
  }

  private static Map<String, Object> ordered(
      String first, Object value, String second, Object other) {
    var map = new LinkedHashMap<String, Object>();
    map.put(first, value);
    map.put(second, other);
    return map;
  }
}
