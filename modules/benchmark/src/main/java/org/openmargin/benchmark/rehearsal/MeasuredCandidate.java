package org.openmargin.benchmark.rehearsal;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * A candidate with its figures.
 *
 * @param figures one for each fold and seed, at least one
 * @param meanRank over folds and seeds, 1 for the best
 */
record MeasuredCandidate(Candidate candidate, List<Figures> figures, double meanRank) {

  MeasuredCandidate {
    figures = List.copyOf(figures);
  }

  double mean(ToDoubleFunction<Figures> figure) {
    return figures.stream().mapToDouble(figure).average().orElseThrow();
  }

  double meanAuroc() {
    return mean(Figures::auroc);
  }

  double worstAuroc() {
    return figures.stream().mapToDouble(Figures::auroc).min().orElseThrow();
  }

  double acc() {
    return mean(Figures::acc);
  }

  /** Known images that the accuracy was measured on, over all folds; seeds see the same ones. */
  int knownImages() {
    var seeds = figures.stream().map(Figures::seed).distinct().count();
    return (int) (figures.stream().mapToLong(Figures::knownImages).sum() / seeds);
  }

  /** The generated kind of foreign images that is rejected least, with the mean share rejected. */
  Map.Entry<String, Double> worstForeign() {
    var sums = new LinkedHashMap<String, Double>();
    figures.forEach(
        f -> f.foreignRejected().forEach((kind, r) -> sums.merge(kind, r, Double::sum)));
    return sums.entrySet().stream()
        .map(kind -> Map.entry(kind.getKey(), kind.getValue() / figures.size()))
        .min(Map.Entry.comparingByValue())
        .orElse(Map.entry("none", 1.0));
  }
}
