package org.openmargin.scoring.evaluation;

import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.openmargin.scoring.Predictions;
import org.openmargin.scoring.calibration.AcceptanceThreshold;
import org.openmargin.scoring.calibration.Calibration;

/**
 * The scorer that decides, its thresholds, and its results on the test images.
 *
 * @param selection which scorer, and why
 * @param calibration its thresholds, from known validation images
 * @param threshold the one that decides
 * @param test rates on the test images at that threshold
 * @param guard of the scorer, if it has one
 */
public record SelectedScorer(
    ScorerSelection selection,
    Calibration calibration,
    AcceptanceThreshold threshold,
    OperatingPoint test,
    Optional<SelectedScorer.Unusual> guard) {

  /**
   * A guard and the shares of test images that it calls unusual.
   *
   * @param knownRate of the known ones
   * @param unknownRate of the unknown ones; empty if there are none
   */
  public record Unusual(Guard guard, double knownRate, OptionalDouble unknownRate) {
    static Unusual of(Guard guard, Predictions test) {
      var unknown = test.unknown();
      return new Unusual(
          guard,
          rate(guard, test.known()),
          unknown.size() == 0 ? OptionalDouble.empty() : OptionalDouble.of(rate(guard, unknown)));
    }

    private static double rate(Guard guard, Predictions images) {
      var unusual = guard.unusual(images);
      long count = IntStream.range(0, unusual.length).filter(i -> unusual[i]).count();
      return (double) count / unusual.length;
    }
  }

  public String name() {
    return selection.scorer();
  }
}
