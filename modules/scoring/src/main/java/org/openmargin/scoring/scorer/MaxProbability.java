package org.openmargin.scoring.scorer;

import org.openmargin.scoring.Head;
import org.openmargin.scoring.numeric.LogSumExp;

/**
 * Maximum softmax probability of the known classes; a low maximum means unknown.
 *
 * <p>{@code p_max = max_{j<C} exp(z_j) / sum_k exp(z_k)}, where the sum runs over the C known
 * classes ({@link Softmax#CLOSED}) or over those and the open class ({@link Softmax#OPEN}). The
 * unknown score is {@code -log p_max} ({@link Domain#LOG}) or {@code 1 - p_max} ({@link
 * Domain#PROBABILITY}). Both are computed from {@code sum_{j != best} exp(z_j - z_best)} in double
 * precision, so scores of confident images stay distinct where a float softmax would give 1.0 for
 * all of them; the two domains rank images alike and have equal metrics.
 *
 * <p>Sources: Hendrycks and Gimpel, "A Baseline for Detecting Misclassified and Out-of-Distribution
 * Examples in Neural Networks", ICLR 2017 (closed); Liu, Xu, Zhang, "Learning Large Margin Sparse
 * Embeddings for Open Set Medical Diagnosis", MICCAI 2023, "the maximum probability of known
 * classes" (the paper does not say which of the two sums it uses).
 */
public record MaxProbability(Head head, Softmax softmax, Domain domain) implements LogitScorer {

  /** The columns that the softmax sums over. */
  public enum Softmax {
    /** The known classes and the open class, C+1 columns. */
    OPEN,
    /** The known classes only, C columns. */
    CLOSED
  }

  /** The form of the unknown score. */
  public enum Domain {
    /** {@code -log p_max}, in [0, infinity). */
    LOG,
    /** {@code 1 - p_max}, in [0, 1). */
    PROBABILITY
  }

  /** Refuses the open softmax for a head without an open class. */
  public MaxProbability {
    if (softmax == Softmax.OPEN && !head.openClass()) {
      throw new IllegalArgumentException(
          "max_probability_open needs a head with an open class, but this head has only the "
              + head.knownClasses()
              + " known classes; use max_probability_closed");
    }
  }

  /** {@code -log p_max} over the known classes and the open class. */
  public static MaxProbability open(Head head) {
    return new MaxProbability(head, Softmax.OPEN, Domain.LOG);
  }

  /** {@code -log p_max} over the known classes. */
  public static MaxProbability closed(Head head) {
    return new MaxProbability(head, Softmax.CLOSED, Domain.LOG);
  }

  @Override
  public ScorerType type() {
    return softmax == Softmax.OPEN
        ? ScorerType.MAX_PROBABILITY_OPEN
        : ScorerType.MAX_PROBABILITY_CLOSED;
  }

  @Override
  public String formula() {
    return (domain == Domain.LOG ? "-log(max p)" : "1 - max p")
        + ", p = softmax over known "
        + (softmax == Softmax.OPEN ? "and open class" : "classes");
  }

  @Override
  public double unknownScore(float[] logits) {
    int best = head.predictedClass(logits);
    int columns = softmax == Softmax.OPEN ? head.columns() : head.knownClasses();
    double minusLog = LogSumExp.minusLogProbability(logits, columns, best);
    return domain == Domain.LOG ? minusLog : -Math.expm1(-minusLog);
  }
}
