package org.openmargin.cli.data;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.openmargin.data.SplitFractions;
import org.openmargin.data.division.Division;
import org.openmargin.data.division.Fold;
import org.openmargin.data.division.HeldOut;
import org.openmargin.experiment.folder.RunException;
import picocli.CommandLine.Option;

/** How images are divided. */
final class DivisionOptions {
  @Option(
      names = "--validation",
      paramLabel = "SHARE",
      defaultValue = "0.1",
      description = "Share of each class for validation. Default: ${DEFAULT-VALUE}.")
  private double validation;

  @Option(
      names = "--test",
      paramLabel = "SHARE",
      defaultValue = "0.2",
      description = "Share of each class for testing. Default: ${DEFAULT-VALUE}.")
  private double test;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "0",
      description = "Another seed gives another division. Default: ${DEFAULT-VALUE}.")
  private long seed;

  @Option(
      names = "--folds",
      paramLabel = "K",
      description = {
        "Test on one of K equal folds in place of a share: writes a file for each, FILE with",
        "-fold0, -fold1, ... in its name."
      })
  private Optional<Integer> folds;

  @Option(
      names = "--held-out",
      paramLabel = "SITE",
      split = ",",
      description = "Sites whose images are the test part, with all groups that have such images.")
  private List<String> sites = List.of();

  @Option(
      names = "--unknown",
      paramLabel = "CLASS",
      split = ",",
      description = {
        "Classes that are unknown: they need not be in training and validation, and all groups",
        "with such images are in the test part."
      })
  private List<String> unknown = List.of();

  /**
   * @throws RunException if folds are wanted with held-out sites
   */
  void require() {
    if (folds.isPresent() && !sites.isEmpty()) {
      throw new RunException("give either --folds or --held-out");
    }
    folds.ifPresent(count -> new Fold(count, 0));
  }

  /** Empty for a division by share or site. */
  OptionalInt folds() {
    return folds.stream().mapToInt(Integer::intValue).findFirst();
  }

  List<String> unknown() {
    return unknown;
  }

  Division division(Optional<Fold> fold) {
    return new Division(
        new SplitFractions(validation, test, seed),
        fold,
        new HeldOut(sites, Set.copyOf(unknown), !unknown.isEmpty()));
  }
}
