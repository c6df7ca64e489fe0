package org.openmargin.cli.calibration;

import picocli.CommandLine.Option;

/** What a decision may have beside one threshold for all classes. */
public final class DecisionOptions {
  @Option(
      names = "--class-conditional",
      description = {
        "A threshold for each predicted class: alpha then holds for the images that are taken for",
        "it, not only for all together. Needs 1/alpha - 1 images of each."
      })
  private boolean byClass;

  @Option(
      names = "--temperature",
      description = {
        "Scale the probabilities by one temperature, so that they are as large as the share of",
        "right answers. Needs true classes. Neither labels nor unknown scores change."
      })
  private boolean temperature;

  public boolean byClass() {
    return byClass;
  }

  public boolean temperature() {
    return temperature;
  }
}
