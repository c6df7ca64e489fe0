package org.openmargin.scoring.metric;

import java.util.Optional;

/**
 * Confidence intervals of one scorer's main metrics.
 *
 * @param bootstrap how they were made
 * @param acc of {@link Accuracy}; the same for every scorer of the same images
 * @param open of the open-set metrics; empty without unknown images
 */
public record Intervals(Bootstrap bootstrap, Interval acc, Optional<Intervals.Open> open) {

  /**
   * @param auroc of {@link Auroc}
   * @param oscr of {@link Oscr}, exact
   */
  public record Open(Interval auroc, Interval oscr) {}

  /** With unknown images. */
  public Intervals(Bootstrap bootstrap, Interval acc, Interval auroc, Interval oscr) {
    this(bootstrap, acc, Optional.of(new Open(auroc, oscr)));
  }

  /**
   * @throws java.util.NoSuchElementException without unknown images
   */
  public Interval auroc() {
    return open.orElseThrow().auroc();
  }

  /**
   * @throws java.util.NoSuchElementException without unknown images
   */
  public Interval oscr() {
    return open.orElseThrow().oscr();
  }

  /** The interval of a metric, if it has one. */
  public Optional<Interval> of(Metric metric) {
    return switch (metric) {
      case AUROC -> open.map(Open::auroc);
      case OSCR -> open.map(Open::oscr);
      default -> Optional.empty();
    };
  }
}
