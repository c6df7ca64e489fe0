package org.openmargin.nn;

/** Which scales, offsets and statistics the batch norms of a graph in training use. */
public enum Norms {
  /** Statistics of the batch; the running ones, which inference uses, follow. */
  MAIN,
  /**
   * The same with scales, offsets and running statistics of their own, for images that are not of
   * the data's distribution (Xie et al., "Adversarial examples improve image recognition", CVPR
   * 2020). Inference knows none of them.
   */
  AUXILIARY,
  /** The running statistics of {@link #MAIN}, which stay as they are: as inference does. */
  FROZEN
}
