package org.openmargin.benchmark.rehearsal;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.openmargin.benchmark.TrialState;
import org.openmargin.config.plan.PlannedTrial;
import org.openmargin.config.v1.ScoringResult;
import org.openmargin.config.v1.TrialResult;
import org.openmargin.experiment.folder.RunException;

/**
 * The figures of all candidates that could be measured on every fold with every seed.
 *
 * @param results of all finished trainings
 * @param figures by candidate, in the order of trainings
 * @param remarks who was left out and why, one sentence each
 */
record Measurements(
    List<TrialResult> results, Map<Candidate, List<Figures>> figures, List<String> remarks) {

  /**
   * @param states finished or refused
   * @throws RunException if nothing is left, or the images have changed between trainings
   */
  static Measurements of(Candidates candidates, Map<PlannedTrial, TrialState> states) {
    var remarks = new LinkedHashSet<String>();
    var results = byTraining(states, remarks);
    var all = results.values().stream().flatMap(List::stream).toList();
    requireSameImages(all);
    var figures = new LinkedHashMap<Candidate, List<Figures>>();
    var refused = new LinkedHashMap<String, Set<String>>();
    for (var candidate : candidates.all()) {
      var ofTraining = results.getOrDefault(candidate.training(), List.of());
      var refusal = refusal(candidate.scoring(), ofTraining);
      refusal.ifPresent(
          reason ->
              refused.computeIfAbsent(reason, r -> new LinkedHashSet<>()).add(candidate.scoring()));
      if (refusal.isEmpty() && !ofTraining.isEmpty()) {
        figures.put(candidate, ofTraining.stream().map(r -> figures(candidate, r)).toList());
      }
    }
    refused.forEach((reason, scorings) -> remarks.add(leftOut(scorings, reason)));
    if (figures.isEmpty()) {
      throw new RunException("nothing to choose from: " + String.join("; ", remarks));
    }
    return new Measurements(all, figures, List.copyOf(remarks));
  }

  /** Without ways of training that failed on some fold. */
  private static Map<String, List<TrialResult>> byTraining(
      Map<PlannedTrial, TrialState> states, Set<String> remarks) {
    var results = new LinkedHashMap<String, List<TrialResult>>();
    var failed = new LinkedHashSet<String>();
    states.forEach(
        (trial, state) -> {
          var name = trial.name();
          if (state instanceof TrialState.Finished finished) {
            results.computeIfAbsent(name.method(), t -> new ArrayList<>()).add(finished.result());
          } else if (state instanceof TrialState.Refused refused && failed.add(name.method())) {
            remarks.add(
                "%s is left out: %s (fold '%s', seed %d)"
                    .formatted(name.method(), refused.reason(), name.trial(), name.seed()));
          }
        });
    results.keySet().removeAll(failed);
    return results;
  }

  private static String leftOut(Set<String> scorings, String reason) {
    var first = scorings.iterator().next();
    return scorings.size() == 1
        ? "'%s' is left out: %s".formatted(first, reason)
        : "%d ways of scoring are left out, the first is '%s': %s"
            .formatted(scorings.size(), first, reason);
  }

  private static void requireSameImages(List<TrialResult> results) {
    var digests = results.stream().map(TrialResult::getDataSha256).distinct().count();
    if (digests > 1) {
      throw new RunException(
          "the images have changed between trainings of this rehearsal: choose another folder with --work");
    }
  }

  private static Optional<String> refusal(String scoring, List<TrialResult> results) {
    return results.stream()
        .map(result -> named(scoring, result))
        .filter(ScoringResult::hasRefusal)
        .map(ScoringResult::getRefusal)
        .findFirst();
  }

  private static Figures figures(Candidate candidate, TrialResult result) {
    var scored = named(candidate.scoring(), result);
    return Figures.of(result.getTrial(), result.getSeed(), scored.getEvaluation());
  }

  private static ScoringResult named(String scoring, TrialResult result) {
    return result.getScoringsList().stream()
        .filter(scored -> scored.getName().equals(scoring))
        .findFirst()
        .orElseThrow(() -> new RunException("a result lacks the scoring '" + scoring + "'"));
  }
}
