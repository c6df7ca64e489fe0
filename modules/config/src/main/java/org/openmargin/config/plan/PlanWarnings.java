package org.openmargin.config.plan;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.TreeSet;
import org.openmargin.config.v1.BenchmarkConfig;

/** Valid but suspicious plan settings. */
final class PlanWarnings {
  private PlanWarnings() {}

  /** One sentence each, for equal class splits and for methods with equal experiments. */
  static List<String> of(BenchmarkConfig config, List<PlannedTrial> trials) {
    var warnings = new ArrayList<String>();
    var splits = new LinkedHashMap<Object, List<String>>();
    for (var trial : config.getTrialsList()) {
      splits.computeIfAbsent(classes(trial), s -> new ArrayList<>()).add(trial.getName());
    }
    splits.forEach(
        (classes, names) -> {
          if (names.size() > 1) {
            warnings.add(
                "trials %s have the same known classes %s: each counts as a separate split"
                    .formatted(String.join(", ", names), classes));
          }
        });
    var digests = new LinkedHashMap<Object, List<String>>();
    for (var trial : trials.subList(0, Math.min(trials.size(), config.getMethodsCount()))) {
      digests
          .computeIfAbsent(trial.digest(), digest -> new ArrayList<>())
          .add(trial.name().method());
    }
    digests.forEach(
        (digest, names) -> {
          if (names.size() > 1) {
            warnings.add("methods %s are the same experiment".formatted(String.join(", ", names)));
          }
        });
    return warnings;
  }

  /** Ids, then names, each ascending. */
  private static List<Object> classes(BenchmarkConfig.Trial trial) {
    var classes = new ArrayList<Object>(new TreeSet<>(trial.getKnownClassesList()));
    classes.addAll(new TreeSet<>(trial.getKnownClassNamesList()));
    return classes;
  }
}
