package org.openmargin.scoring.metric;

import java.util.Optional;

/**
 * Confidence intervals of one scorer's main metrics.
 *
 * @param bootstrap how they were made
 * @param acc of {@link Accuracy}; the same for every scorer of the same images
 * @param auroc of {@link Auroc}
 * @param oscr of {@link Oscr}, exact
 */
public record Intervals(Bootstrap bootstrap, Interval acc, Interval auroc, Interval oscr) {

  /** The interval of a metric, if it has one. */
  public Optional<Interval> of(Metric metric) {
    return switch (metric) {
      case AUROC -> Optional.of(auroc);
      case OSCR -> Optional.of(oscr);
      default -> Optional.empty();
    };
  }
}
