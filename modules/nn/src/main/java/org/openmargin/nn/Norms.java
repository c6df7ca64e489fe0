package org.openmargin.nn;

/** Which scales, offsets and statistics the batch norms of a training graph use. */
public enum Norms {
  /** Batch statistics, which also update the running ones used in inference. */
  MAIN,
  /**
   * The same, with separate scales, offsets and running statistics, for images from outside the
   * data's distribution (Xie et al., "Adversarial examples improve image recognition", CVPR 2020).
   * Never used in inference.
   */
  AUXILIARY,
  /** The running statistics of {@link #MAIN}, not updated, as in inference. */
  FROZEN
}
