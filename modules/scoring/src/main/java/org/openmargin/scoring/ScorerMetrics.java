package org.openmargin.scoring;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Every threshold-free metric of one scorer on known test and unknown test images; fractions, not
 * per cents.
 *
 * @param name the scorer
 * @param auroc {@link Auroc}
 * @param oscr {@link Oscr#of(double[], double[], boolean[])}, exact
 * @param oscrArplCompatible {@link Oscr#arplCompatible}, for comparison with published tables only
 * @param auprUnknown {@link Aupr#unknownPositive}
 * @param auprKnown {@link Aupr#knownPositive}
 * @param fprAt95Tpr {@link FprAt95Tpr}, unknown positive
 * @param dtacc {@link Dtacc}
 * @param ccrAtFpr {@link CcrAtFpr} by FPR, for each of {@link #FPRS}
 */
public record ScorerMetrics(
    String name,
    double auroc,
    double oscr,
    double oscrArplCompatible,
    double auprUnknown,
    double auprKnown,
    double fprAt95Tpr,
    double dtacc,
    Map<Double, Double> ccrAtFpr) {

  /** The false positive rates at which CCR is reported. */
  public static final List<Double> FPRS = List.of(0.01, 0.05, 0.1);

  /** Makes the map read-only, keeping its order. */
  public ScorerMetrics {
    ccrAtFpr = Collections.unmodifiableMap(new TreeMap<>(ccrAtFpr));
  }

  /** Measures one scorer. */
  public static ScorerMetrics of(String name, UnknownScores scores) {
    double[] known = scores.known();
    double[] unknown = scores.unknown();
    Map<Double, Double> ccrAtFpr = new TreeMap<>();
    for (double fpr : FPRS) {
      ccrAtFpr.put(fpr, CcrAtFpr.of(known, unknown, scores.correct(), fpr));
    }
    return new ScorerMetrics(
        name,
        Auroc.of(known, unknown),
        Oscr.of(known, unknown, scores.correct()),
        Oscr.arplCompatible(known, unknown, scores.correct()),
        Aupr.unknownPositive(known, unknown),
        Aupr.knownPositive(known, unknown),
        FprAt95Tpr.of(known, unknown),
        Dtacc.of(known, unknown),
        ccrAtFpr);
  }
}
