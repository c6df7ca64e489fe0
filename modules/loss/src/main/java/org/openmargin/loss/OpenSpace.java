package org.openmargin.loss;

/**
 * The open class and what teaches it.
 *
 * @param present whether there is an open class with logit s t
 * @param threshold t
 * @param suppression OSS
 */
public record OpenSpace(boolean present, double threshold, Suppression suppression) {
  public OpenSpace {
    if (!present && suppression.weight() > 0) {
      throw new IllegalArgumentException("open-space suppression needs the open class");
    }
  }

  /**
   * Open-space suppression.
   *
   * @param weight lambda; 0 for none
   * @param descriptorsPerImage M / N
   * @param descriptors how a descriptor enters the cosine
   * @param reduction how the two terms are added
   */
  public record Suppression(
      double weight, double descriptorsPerImage, Descriptors descriptors, Reduction reduction) {
    /** No descriptors. */
    public static final Suppression NONE =
        new Suppression(0, 1, Descriptors.NORMALIZED, Reduction.SUM_OF_MEANS);

    public Suppression {
      if (!(weight >= 0 && descriptorsPerImage > 0)) {
        throw new IllegalArgumentException(
            "suppression needs a weight of at least 0 and more than 0 descriptors per image, not "
                + weight
                + " and "
                + descriptorsPerImage);
      }
    }
  }

  /** How a descriptor enters the cosine. */
  public enum Descriptors {
    /** {@code d / |d|}. */
    NORMALIZED,
    /** d as it was drawn: the product with a unit prototype is no cosine then. */
    RAW
  }

  /** How MLAS and OSS are added. */
  public enum Reduction {
    /** {@code mean over N images + lambda mean over M descriptors}. */
    SUM_OF_MEANS,
    /** {@code (sum over N images + lambda sum over M descriptors) / (N + M)}. */
    JOINT_MEAN
  }
}
