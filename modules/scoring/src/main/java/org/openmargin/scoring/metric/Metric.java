package org.openmargin.scoring.metric;

import static org.openmargin.scoring.metric.Metric.Better.HIGHER;
import static org.openmargin.scoring.metric.Metric.Better.LOWER;

import java.util.Locale;
import java.util.OptionalDouble;
import java.util.function.ToDoubleFunction;
import org.openmargin.scoring.UnknownScores;

/**
 * Every threshold-free metric of an unknown score, in the order of tables; fractions in [0, 1], not
 * percentages. Consoles, JSON and reports loop over this table: a new metric is its formula in a
 * file of this package, a line here, and a field of the same name in {@code
 * EvaluationReport.ScorerResult}.
 */
@SuppressWarnings("ImmutableEnumChecker") // formulas are functions without state
public enum Metric {
  AUROC("AUROC", HIGHER, "", sweep -> Auroc.of(sweep)),
  OSCR("OSCR", HIGHER, "exact on ties", Oscr::of),
  OSCR_ARPL_COMPATIBLE(
      "OSCR, ARPL code", HIGHER, "only for comparison with published tables", Oscr::arplCompatible),
  AUPR_UNKNOWN(
      "AUPR unknown", HIGHER, "AUOUT: unknown is the positive class", Aupr::unknownPositive),
  AUPR_KNOWN("AUPR known", HIGHER, "AUIN: known is the positive class", Aupr::knownPositive),
  FPR_AT_95_TPR("FPR@95TPR", LOWER, "unknown is the positive class", FprAt95Tpr::of),
  FPR_AT_95_KNOWN_TPR(
      "FPR@95TPR, known", LOWER, "known is the positive class", FprAt95KnownTpr::of),
  DTACC("DTACC", HIGHER, "best mean rate of correct decisions", Dtacc::of),
  CCR_AT_FPR_01(0.01),
  CCR_AT_FPR_05(0.05),
  CCR_AT_FPR_10(0.1),
  AURC("AURC", LOWER, "known and unknown images", sweep -> RiskCoverage.of(sweep).aurc()),
  AUGRC("AUGRC", LOWER, "known and unknown images", sweep -> RiskCoverage.of(sweep).augrc()),
  AURC_KNOWN(
      "AURC, known", LOWER, "known images only", sweep -> RiskCoverage.ofKnown(sweep).aurc()),
  AUGRC_KNOWN(
      "AUGRC, known", LOWER, "known images only", sweep -> RiskCoverage.ofKnown(sweep).augrc());

  public enum Better {
    HIGHER,
    LOWER
  }

  /** Only a metric that depends on the order of the images needs more than the sweep. */
  private interface Formula {
    double of(Sweep sweep, UnknownScores scores);
  }

  private final String key;
  private final String label;
  private final Better better;
  private final String description;
  private final OptionalDouble fpr;
  private final Formula formula;

  Metric(String label, Better better, String description, ToDoubleFunction<Sweep> formula) {
    this(label, better, description, (sweep, scores) -> formula.applyAsDouble(sweep));
  }

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
    this.better = HIGHER;
    this.description = "correct and accepted, at that FPR";
    this.fpr = OptionalDouble.of(fpr);
    this.formula = (sweep, scores) -> CcrAtFpr.of(sweep, fpr);
  }

  /**
   * The name in files, in snake_case: the name of the field in {@code
   * EvaluationReport.ScorerResult}. The metrics with an {@link #fpr()} share one, a repeated field.
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

  /** A short note for readers of the number; may be empty. */
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
   * @throws IllegalArgumentException if either side is empty, a score is NaN or lengths differ
   */
  public double of(UnknownScores scores) {
    return of(Sweep.of(scores), scores);
  }

  /** Whether it says anything only if there are unknown images. */
  public boolean needsUnknown() {
    return this != AURC_KNOWN && this != AUGRC_KNOWN;
  }

  double of(Sweep sweep, UnknownScores scores) {
    return formula.of(sweep, scores);
  }
}
