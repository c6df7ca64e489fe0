package org.openmargin.config.plan;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.openmargin.config.text.Draft;
import org.openmargin.config.text.Place;
import org.openmargin.config.text.Problem;
import org.openmargin.config.v1.BenchmarkConfig;

/**
 * Problems of a plan's experiments: each reported once, with the methods it affects, and at the
 * plan's own line if that causes it.
 */
final class PlanProblems {
  private final Sweeps sweeps;
  private final BenchmarkConfig config;
  private final Draft draft;
  private final Place whole;
  private final Map<Problem, Set<Integer>> methods = new LinkedHashMap<>();

  /**
   * @param draft knows the places of the plan's fields
   * @param whole the plan's file
   */
  PlanProblems(Sweeps sweeps, Draft draft, Place whole) {
    this.sweeps = sweeps;
    this.config = sweeps.expanded();
    this.draft = draft;
    this.whole = whole;
  }

  /** Adds problems of an experiment of method number {@code method}. */
  void add(int method, List<Problem> problems) {
    for (var problem : problems) {
      methods.computeIfAbsent(placed(method, problem), p -> new TreeSet<>()).add(method);
    }
  }

  /** Adds an unreadable experiment of method number {@code method}, shown where it is named. */
  void addUnreadable(int method, List<Problem> problems) {
    var path = sweeps.experimentOf(method);
    for (var problem : problems) {
      add(method, List.of(at(path, problem.file() + ": " + problem.message())));
    }
  }

  List<Problem> all() {
    var all = new ArrayList<Problem>();
    methods.forEach((problem, of) -> all.add(withMethods(problem, of)));
    return all;
  }

  private Problem withMethods(Problem problem, Set<Integer> of) {
    if (of.size() == config.getMethodsCount() || problem.file().equals(whole.file())) {
      return problem;
    }
    var names =
        of.stream().map(m -> config.getMethods(m).getName()).collect(Collectors.joining(", "));
    return new Problem(
        problem.file(),
        problem.line(),
        problem.column(),
        problem.sourceLine(),
        problem.path(),
        "%s (method %s)".formatted(problem.message(), names));
  }

  /** Shows a problem of one of the plan's overrides at its line in the plan. */
  private Problem placed(int method, Problem problem) {
    if (!problem.file().startsWith("--set ")) {
      return problem;
    }
    var override = problem.file().substring("--set ".length());
    var message =
        problem.path().isEmpty() || override.startsWith(problem.path() + "=")
            ? problem.message()
            : problem.path() + ": " + problem.message();
    var ofMethod = sweeps.placeOf(method, override);
    if (!ofMethod.isEmpty()) {
      return at(ofMethod, message);
    }
    int ofAll = config.getSetList().lastIndexOf(override);
    if (ofAll >= 0) {
      return at("set[%d]".formatted(ofAll), message);
    }
    for (int t = 0; t < config.getTrialsCount(); t++) {
      if (override.equals(PlanRules.knownClasses(config.getTrials(t)))) {
        return at("trials[%d].known_classes".formatted(t), message);
      }
    }
    return problem;
  }

  private Problem at(String path, String message) {
    return draft.placeOf(path, whole).problem(path, message);
  }
}
