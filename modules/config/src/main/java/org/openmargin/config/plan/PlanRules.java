package org.openmargin.config.plan;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.openmargin.config.Rules;
import org.openmargin.config.text.Place;
import org.openmargin.config.text.Problem;
import org.openmargin.config.text.Suggestions;
import org.openmargin.config.v1.BenchmarkConfig;

/** Rules of a plan that the schema cannot express. */
final class PlanRules {
  private static final String KNOWN_CLASSES = "data.known_classes";
  private static final String KNOWN_CLASS_NAMES = "data.known_class_names";
  private static final String SEED = "runtime.seed";

  private PlanRules() {}

  /**
   * @param config as written
   * @param expanded with the methods of its sweeps
   */
  static List<Rules.Breach> breaches(BenchmarkConfig config, BenchmarkConfig expanded) {
    var breaches = new ArrayList<Rules.Breach>();
    var methods = expanded.getMethodsList().stream().map(BenchmarkConfig.Method::getName).toList();
    twice("methods", methods, breaches);
    twice(
        "trials",
        config.getTrialsList().stream().map(BenchmarkConfig.Trial::getName).toList(),
        breaches);
    if (config.hasBaseline() && !methods.contains(config.getBaseline())) {
      breaches.add(breach("baseline", unknownMethod(config.getBaseline(), methods)));
    }
    ofSets("set", config.getSetList(), breaches);
    for (int m = 0; m < config.getMethodsCount(); m++) {
      ofSets("methods[%d].set".formatted(m), config.getMethods(m).getSetList(), breaches);
    }
    for (int s = 0; s < config.getSweepsCount(); s++) {
      ofSweep("sweeps[%d]".formatted(s), config, config.getSweeps(s), breaches);
    }
    return breaches;
  }

  private static void ofSweep(
      String at, BenchmarkConfig config, BenchmarkConfig.Sweep sweep, List<Rules.Breach> breaches) {
    ofSets(at + ".set", sweep.getSetList(), breaches);
    var reason = reason(sweep.getPath());
    if (!reason.isEmpty()) {
      breaches.add(breach(at + ".path", reason));
    }
    var methods = config.getMethodsList().stream().map(BenchmarkConfig.Method::getName).toList();
    if (sweep.hasMethod() && !methods.contains(sweep.getMethod())) {
      breaches.add(breach(at + ".method", unknownMethod(sweep.getMethod(), methods)));
    }
  }

  /** Command-line overrides must not change what the plan sets for each trial. */
  static List<Problem> breachesOf(List<String> overrides) {
    return overrides.stream()
        .filter(override -> !reason(override).isEmpty())
        .map(override -> Place.whole("--set " + override).problem("", reason(override)))
        .toList();
  }

  /** The override that gives an experiment the classes of {@code trial}. */
  static String knownClasses(BenchmarkConfig.Trial trial) {
    return Stream.concat(
            trial.getKnownClassesList().stream().map(String::valueOf),
            trial.getKnownClassNamesList().stream().map(PlanRules::quoted))
        .collect(Collectors.joining(", ", KNOWN_CLASSES + "=[", "]"));
  }

  private static String quoted(String name) {
    return '"' + name.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }

  private static void twice(String list, List<String> names, List<Rules.Breach> breaches) {
    var seen = new HashSet<String>();
    for (int i = 0; i < names.size(); i++) {
      if (!seen.add(names.get(i))) {
        breaches.add(
            breach(
                "%s[%d].name".formatted(list, i),
                "two %s are named '%s'".formatted(list, names.get(i))));
      }
    }
  }

  static String unknownMethod(String name, List<String> methods) {
    var meant =
        Suggestions.nearest(name, methods)
            .map(near -> ", did you mean '%s'?".formatted(near))
            .orElse(".");
    return "no method is named '%s'%s Methods: %s"
        .formatted(name, meant, String.join(", ", methods));
  }

  private static void ofSets(String list, List<String> overrides, List<Rules.Breach> breaches) {
    for (int i = 0; i < overrides.size(); i++) {
      var reason = reason(overrides.get(i));
      if (!reason.isEmpty()) {
        breaches.add(breach("%s[%d]".formatted(list, i), reason));
      }
    }
  }

  /** Why a plan's experiment may not have this override; empty if it may. */
  static String reason(String override) {
    var path = override.replaceFirst("=.*", "").replaceFirst("\\[.*", "").strip();
    return switch (path) {
      case KNOWN_CLASSES, KNOWN_CLASS_NAMES -> "the known classes are set by the plan's trials";
      case SEED -> "the seed is set by the plan's seeds";
      default -> "";
    };
  }

  private static Rules.Breach breach(String path, String message) {
    return new Rules.Breach(path, List.of(), message);
  }
}
