package org.openmargin.scoring.metric;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.openmargin.scoring.UnknownScores;

/**
 * Every threshold-free metric of one scorer on known test and unknown test images; fractions, not
 * per cents.
 *
 * @param name the scorer
 * @param auroc {@link Auroc}
 * @param oscr {@link Oscr#of(double[], double[], boolean[])}, exact
 * @param oscrArplCompatible {@link Oscr#arplCompatible}, for comparison with published tables only
 * @param auprUnknown {@link Aupr#unknownPositive}, also called AUOUT
 * @param auprKnown {@link Aupr#knownPositive}, also called AUIN
 * @param fprAt95Tpr {@link FprAt95Tpr}, unknown positive
 * @param dtacc {@link Dtacc}
 * @param ccrAtFpr {@link CcrAtFpr} by FPR, for each of {@link #FPRS}
 * @param riskCoverage {@link RiskCoverage#of}, over known and unknown images
 * @param knownRiskCoverage {@link RiskCoverage#ofKnown}, over known images only
 * @param intervals of accuracy, AUROC and OSCR, where a bootstrap was asked for
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
    Map<Double, Double> ccrAtFpr,
    RiskCoverage riskCoverage,
    RiskCoverage knownRiskCoverage,
    Optional<Intervals> intervals) {

  /** The false positive rates at which CCR is reported. */
  public static final List<Double> FPRS = List.of(0.01, 0.05, 0.1);

  /** Makes the map read-only, keeping its order. */
  public ScorerMetrics {
    ccrAtFpr = Collections.unmodifiableMap(new TreeMap<>(ccrAtFpr));
  }

  /**
   * Measures one scorer without intervals, in O(n log n).
   *
   * @throws IllegalArgumentException when either side is empty, a score is NaN or lengths differ
   */
  public static ScorerMetrics of(String name, UnknownScores scores) {
    return of(name, scores, Sweep.of(scores), Optional.empty());
  }

  /** Measures one scorer, with intervals. */
  public static ScorerMetrics of(String name, UnknownScores scores, Bootstrap bootstrap) {
    Sweep sweep = Sweep.of(scores);
    return of(name, scores, sweep, Optional.of(bootstrap.intervals(sweep)));
  }

  private static ScorerMetrics of(
      String name, UnknownScores scores, Sweep sweep, Optional<Intervals> intervals) {
    Map<Double, Double> ccrAtFpr = new TreeMap<>();
    for (double fpr : FPRS) {
      ccrAtFpr.put(fpr, CcrAtFpr.of(sweep, fpr));
    }
    return new ScorerMetrics(
        name,
        Auroc.of(sweep),
        Oscr.of(sweep),
        Oscr.arplCompatible(sweep, scores.known(), scores.correct()),
        Aupr.unknownPositive(sweep),
        Aupr.knownPositive(sweep),
        FprAt95Tpr.of(sweep),
        Dtacc.of(sweep),
        ccrAtFpr,
        RiskCoverage.of(sweep),
        RiskCoverage.ofKnown(sweep),
        intervals);
  }
}
