package org.openmargin.benchmark.rehearsal;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Candidates in the order of their mean rank, and the chosen one: the first that is as accurate on
 * known classes as the best, and rejects what is plainly foreign.
 *
 * @param candidates the best rank first, then the highest mean AUROC
 * @param excluded why candidates could not be chosen
 */
record Ranking(List<MeasuredCandidate> candidates, Map<MeasuredCandidate, String> excluded) {
  /** How much accuracy, as a fraction, may be lost against the most accurate candidate. */
  static final double ACCURACY_LOST = 0.003;

  /** Share of each generated kind of foreign images that must be rejected. */
  static final double FOREIGN_REJECTED = 0.95;

  static final String CRITERION =
      "mean rank by AUROC over folds and seeds, then mean AUROC; accuracy on known classes within 0.3 points of the best, or within one standard error if there are few images, and at least 95 % of each generated kind of foreign images rejected";

  /** Rounding must not decide. */
  private static final double EPSILON = 1e-9;

  Ranking {
    candidates = List.copyOf(candidates);
    excluded = Map.copyOf(excluded);
  }

  /**
   * @param figures by candidate, at least one: for the same folds and seeds in the same order
   */
  static Ranking of(Map<Candidate, List<Figures>> figures) {
    var all = new ArrayList<>(figures.entrySet());
    var ranks = new double[all.size()];
    var rounds = all.get(0).getValue().size();
    for (var round = 0; round < rounds; round++) {
      var now = round;
      var aurocs = all.stream().mapToDouble(e -> e.getValue().get(now).auroc()).toArray();
      for (var i = 0; i < ranks.length; i++) {
        ranks[i] += rank(aurocs, i) / rounds;
      }
    }
    var measured =
        IntStream.range(0, ranks.length)
            .mapToObj(
                i -> new MeasuredCandidate(all.get(i).getKey(), all.get(i).getValue(), ranks[i]))
            .sorted(
                Comparator.comparingDouble(MeasuredCandidate::meanRank)
                    .thenComparing(
                        Comparator.comparingDouble(MeasuredCandidate::meanAuroc).reversed()))
            .toList();
    return new Ranking(measured, excluded(measured));
  }

  /** 1 for the highest; equal values share the mean of their ranks. */
  private static double rank(double[] values, int index) {
    var higher = 0;
    var equal = 0;
    for (var value : values) {
      higher += value > values[index] ? 1 : 0;
      equal += value == values[index] ? 1 : 0;
    }
    return higher + (equal + 1) / 2.0;
  }

  private static Map<MeasuredCandidate, String> excluded(List<MeasuredCandidate> all) {
    var best = all.stream().mapToDouble(MeasuredCandidate::acc).max().orElseThrow();
    var images = Math.max(1, all.get(0).knownImages());
    var tolerance = Math.max(ACCURACY_LOST, Math.sqrt(best * (1 - best) / images));
    var reasons = new LinkedHashMap<MeasuredCandidate, String>();
    for (var candidate : all) {
      var lost = best - candidate.acc();
      if (lost > tolerance + EPSILON) {
        reasons.put(
            candidate,
            String.format(Locale.ROOT, "accuracy %.1f points below the best", 100 * lost));
      }
    }
    var passing = all.stream().filter(c -> !reasons.containsKey(c) && rejectsForeign(c)).findAny();
    if (passing.isPresent()) {
      for (var candidate : all) {
        if (!rejectsForeign(candidate)) {
          var worst = candidate.worstForeign();
          reasons.merge(
              candidate,
              String.format(
                  Locale.ROOT, "rejects %.0f %% of %s", 100 * worst.getValue(), worst.getKey()),
              (a, b) -> a + "; " + b);
        }
      }
    }
    return reasons;
  }

  private static boolean rejectsForeign(MeasuredCandidate candidate) {
    return candidate.worstForeign().getValue() >= FOREIGN_REJECTED - EPSILON;
  }

  /** The first that is not excluded; the most accurate one never is, unless another passes. */
  MeasuredCandidate chosen() {
    return candidates.stream()
        .filter(candidate -> !excluded.containsKey(candidate))
        .findFirst()
        .orElseThrow();
  }

  /** Whether the chosen one rejects what is plainly foreign; else none that is accurate does. */
  boolean passesForeign() {
    return rejectsForeign(chosen());
  }
}
