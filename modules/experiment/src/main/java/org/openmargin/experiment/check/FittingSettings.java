package org.openmargin.experiment.check;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.openmargin.config.FolderExperiment;
import org.openmargin.data.SplitFractions;
import org.openmargin.data.source.FolderOverview;

/**
 * Settings of an experiment that fit the number and the size of the images.
 *
 * @param known names of the known classes
 * @param source the small images of an archive keep their size
 * @param division what groups make of shares
 */
record FittingSettings(
    FolderOverview found,
    List<String> known,
    FolderExperiment.Source source,
    KnownDivision division) {
  static final double TEST_SHARE = 0.2;
  private static final double ALPHA = 0.05;
  private static final double USUAL_SHARE = 0.1;

  /** From this shorter side on, the network's input is larger. */
  private static final int LARGE_PX = 64;

  private static final int SMALL_INPUT_PX = 32;
  private static final int BATCHES = 10;
  private static final int STEPS = 2000;

  FittingSettings {
    known = List.copyOf(known);
  }

  /** Side of the network's input, px. */
  int size() {
    var sides = found.shorterSides();
    var middle = sides.get(sides.size() / 2);
    var small = source == FolderExperiment.Source.NPZ ? middle : SMALL_INPUT_PX;
    return middle < LARGE_PX ? small : LARGE_PX;
  }

  FolderExperiment.Training training() {
    var images =
        IntStream.of(counts()).sum()
            - IntStream.of(validation(share())).sum()
            - IntStream.of(counts()).map(n -> (int) Math.round(n * TEST_SHARE)).sum();
    var batch = Math.max(8, Math.min(64, Integer.highestOneBit(Math.max(1, images / BATCHES))));
    var fitting = Math.min(batch, Integer.highestOneBit(Math.max(1, images)));
    var steps = Math.max(1, images / fitting);
    return new FolderExperiment.Training(
        Math.max(20, Math.min(100, (STEPS + steps - 1) / steps)), fitting);
  }

  FolderExperiment.Decision decision() {
    var combined = needs(true, share());
    if (combined.fault(ALPHA).isEmpty()) {
      return new FolderExperiment.Decision(ALPHA, true);
    }
    var alone = needs(false, share());
    return new FolderExperiment.Decision(
        alone.fault(ALPHA).isEmpty() ? ALPHA : alone.smallestAlpha().orElse(ALPHA), false);
  }

  /**
   * Of validation images: the smallest share of at least a tenth that is enough for the combined
   * score, else three tenths.
   */
  double share() {
    return IntStream.rangeClosed(2, 6)
        .mapToObj(twentieths -> twentieths / 20.0)
        .filter(share -> needs(true, share).fault(ALPHA).isEmpty())
        .findFirst()
        .orElse(found.hasValidationFolder() ? USUAL_SHARE : 0.3);
  }

  private ValidationNeeds needs(boolean combines, double share) {
    return new ValidationNeeds(validation(share), combines, Optional.empty());
  }

  private int[] counts() {
    return known.stream().mapToInt(found.images()::get).toArray();
  }

  /** Validation images of each known class. */
  private int[] validation(double share) {
    var test = found.hasTestFolder() ? 0 : TEST_SHARE;
    var fractions = new SplitFractions(share, test, 0);
    return division
        .validation(new SplitFractions(share, TEST_SHARE, 0), known)
        .orElseGet(
            () ->
                IntStream.of(counts())
                    .map(n -> fractions.divide(0, n).validation().size())
                    .toArray());
  }
}
