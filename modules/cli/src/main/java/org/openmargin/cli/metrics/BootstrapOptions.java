package org.openmargin.cli.metrics;

import java.util.Optional;
import org.openmargin.experiment.folder.RunException;
import org.openmargin.scoring.metric.Bootstrap;
import picocli.CommandLine.Option;

/** How confidence intervals are made. */
public final class BootstrapOptions {
  @Option(
      names = "--bootstrap",
      paramLabel = "N",
      defaultValue = "" + Bootstrap.DEFAULT_RESAMPLES,
      description = {
        "Resamples for the confidence intervals of ACC, AUROC and OSCR; 0: no intervals.",
        "Default: ${DEFAULT-VALUE}."
      })
  private int resamples;

  @Option(
      names = "--seed",
      paramLabel = "S",
      defaultValue = "0",
      description = "Seed of the resamples: same seed, same intervals. Default: ${DEFAULT-VALUE}.")
  private long seed;

  @Option(
      names = "--confidence",
      paramLabel = "C",
      defaultValue = "" + Bootstrap.DEFAULT_CONFIDENCE,
      description = "Confidence of the intervals, between 0 and 1. Default: ${DEFAULT-VALUE}.")
  private double confidence;

  /**
   * Empty for 0 resamples.
   *
   * @throws RunException if an option is out of range
   */
  public Optional<Bootstrap> bootstrap() {
    try {
      return resamples == 0
          ? Optional.empty()
          : Optional.of(new Bootstrap(resamples, seed, confidence));
    } catch (IllegalArgumentException e) {
      throw new RunException("--bootstrap and --confidence: " + e.getMessage(), e);
    }
  }
}
