package org.openmargin.scoring.metric;

import java.util.Locale;
import java.util.OptionalDouble;
import org.openmargin.scoring.UnknownScores;

/**
 * Every threshold-free metric of an unknown score, in the order of tables; fractions in [0, 1], not
 * per cents. Consoles, JSON and reports loop over this table: a new metric is its formula in a file
 * of this package, a line here, and a field of the same name in {@code
 * EvaluationReport.ScorerResult}.
 */
@SuppressWarnings("ImmutableEnumChecker") // formulas are functions without state
public enum Metric {
  /** {@link Auroc}. */
  AUROC("AUROC", Better.HIGHER, "", (sweep, scores) -> Auroc.of(sweep)),
  /** {@link Oscr#of}, exact. */
  OSCR("OSCR", Better.HIGHER, "exact on ties", (sweep, scores) -> Oscr.of(sweep)),
  /** {@link Oscr#arplCompatible}. */
  OSCR_ARPL_COMPATIBLE(
      "OSCR, ARPL code",
      Better.HIGHER,
      "to compare with published tables only",
      (sweep, scores) -> Oscr.arplCompatible(sweep, scores.known(), scores.correct())),
  /** {@link Aupr#unknownPositive}, also called AUOUT. */
  AUPR_UNKNOWN(
      "AUPR unknown",
      Better.HIGHER,
      "AUOUT: unknown is the positive class",
      (sweep, scores) -> Aupr.unknownPositive(sweep)),
  /** {@link Aupr#knownPositive}, also called AUIN. */
  AUPR_KNOWN(
      "AUPR known",
      Better.HIGHER,
      "AUIN: known is the positive class",
      (sweep, scores) -> Aupr.knownPositive(sweep)),
  /** {@link FprAt95Tpr}, unknown positive. */
  FPR_AT_95_TPR(
      "FPR@95TPR",
      Better.LOWER,
      "unknown is the positive class",
      (sweep, scores) -> FprAt95Tpr.of(sweep)),
  /** {@link FprAt95KnownTpr}, known positive. */
  FPR_AT_95_KNOWN_TPR(
      "FPR@95TPR, known",
      Better.LOWER,
      "known is the positive class",
      (sweep, scores) -> FprAt95KnownTpr.of(sweep)),
  /** {@link Dtacc}. */
  DTACC(
      "DTACC",
      Better.HIGHER,
      "best mean rate of right decisions",
      (sweep, scores) -> Dtacc.of(sweep)),
  /** {@link CcrAtFpr} at an FPR of 1 %. */
  CCR_AT_FPR_01(0.01),
  /** At 5 %. */
  CCR_AT_FPR_05(0.05),
  /** At 10 %. */
  CCR_AT_FPR_10(0.1),
  /** {@link RiskCoverage#of}: area under risk over coverage. */
  AURC(
      "AURC",
      Better.LOWER,
      "known and unknown images",
      (sweep, scores) -> RiskCoverage.of(sweep).aurc()),
  /** {@link RiskCoverage#of}: area under generalized risk. */
  AUGRC(
      "AUGRC",
      Better.LOWER,
      "known and unknown images",
      (sweep, scores) -> RiskCoverage.of(sweep).augrc()),
  /** {@link RiskCoverage#ofKnown}. */
  AURC_KNOWN(
      "AURC, known",
      Better.LOWER,
      "known images only",
      (sweep, scores) -> RiskCoverage.ofKnown(sweep).aurc()),
  /** {@link RiskCoverage#ofKnown}. */
  AUGRC_KNOWN(
      "AUGRC, known",
      Better.LOWER,
      "known images only",
      (sweep, scores) -> RiskCoverage.ofKnown(sweep).augrc());

  /** Which values are better. */
  public enum Better {
    HIGHER,
    LOWER
  }

  private interface Formula {
    double of(Sweep sweep, UnknownScores scores);
  }

  private final String key;
  private final String label;
  private final Better better;
  private final String description;
  private final OptionalDouble fpr;
  private final Formula formula;

  Metric(String label, Better better, String description, Formula formula) {
    this.key = name().toLowerCase(Locale.ROOT);
    this.label = label;
    this.better = better;
    this.description = description;
    this.fpr = OptionalDouble.empty();
    this.formula = formula;
  }

  Metric(double fpr) {
    this.key = "ccr_at_fpr";
    this.label = "CCR@FPR " + fpr;
    this.better = Better.HIGHER;
    this.description = "right and accepted, at that FPR";
    this.fpr = OptionalDouble.of(fpr);
    this.formula = (sweep, scores) -> CcrAtFpr.of(sweep, fpr);
  }

  /**
   * The name in files, in snake_case: that of the field in {@code EvaluationReport.ScorerResult}.
   * The metrics with an {@link #fpr()} share one, a repeated field.
   */
  public String key() {
    return key;
  }

  /** The heading in tables, at most 16 characters. */
  public String label() {
    return label;
  }

  public Better better() {
    return better;
  }

  /** What a reader of the number should know, in a few words; may be empty. */
  public String description() {
    return description;
  }

  /** The false positive rate at which CCR is taken; empty for all other metrics. */
  public OptionalDouble fpr() {
    return fpr;
  }

  /**
   * The value, in O(n log n).
   *
   * @throws IllegalArgumentException when either side is empty, a score is NaN or lengths differ
   */
  public double of(UnknownScores scores) {
    return of(Sweep.of(scores), scores);
  }

  double of(Sweep sweep, UnknownScores scores) {
    return formula.of(sweep, scores);
  }
}
