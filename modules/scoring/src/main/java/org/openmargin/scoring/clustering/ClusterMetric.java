package org.openmargin.scoring.clustering;

import java.util.Locale;
import java.util.function.ToDoubleFunction;

/**
 * Every measure of the agreement between clusters and true classes, in the order of tables; 1 is
 * perfect. Noise counts as one more cluster for {@link #AMI} and {@link #ARI}, as in scikit-learn,
 * and as wrong for {@link #HUNGARIAN_ACCURACY}.
 */
@SuppressWarnings("ImmutableEnumChecker") // formulas are functions without state
public enum ClusterMetric {
  AMI("AMI", AdjustedMutualInformation::of),
  ARI("ARI", AdjustedRand::of),
  HUNGARIAN_ACCURACY("Hungarian accuracy", HungarianAccuracy::of);

  private final String label;
  private final ToDoubleFunction<Contingency> formula;

  ClusterMetric(String label, ToDoubleFunction<Contingency> formula) {
    this.label = label;
    this.formula = formula;
  }

  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }

  public String label() {
    return label;
  }

  /**
   * @param classes [n], any numbers
   */
  public double of(int[] classes, Clustering clustering) {
    return formula.applyAsDouble(Contingency.of(classes, clustering));
  }
}
