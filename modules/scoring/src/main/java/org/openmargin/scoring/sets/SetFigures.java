package org.openmargin.scoring.sets;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.openmargin.scoring.UnknownScores;
import org.openmargin.scoring.metric.Accuracy;
import org.openmargin.scoring.metric.Auroc;
import org.openmargin.scoring.metric.Bootstrap;

/**
 * How a decision answers one set of images. They influence nothing: neither scorer nor threshold.
 *
 * @param images at least one
 * @param accuracy share of all images whose class is right, whether accepted or not; of known
 *     classes only
 * @param acceptedAccuracy share of the accepted images whose class is right; empty also if none is
 *     accepted
 * @param rejectionRate share of images answered "unknown" at the acceptance threshold
 * @param auroc of this set (positive) against the known test images; 0.5 if the scores cannot tell
 *     them apart, which is best for shifted known images. Empty for the known test images
 * @param fullSpectrumAuroc of an unknown set against known and shifted known images together, as in
 *     full-spectrum OOD detection (Yang, Zhou and Liu, IJCV 2023); empty without shifted images
 */
public record SetFigures(
    int images,
    Optional<Measured> accuracy,
    OptionalDouble acceptedAccuracy,
    double rejectionRate,
    Optional<Measured> auroc,
    OptionalDouble fullSpectrumAuroc) {

  /** Figures of the known test images. */
  public static SetFigures known(SetAnswers set, Optional<Bootstrap> bootstrap) {
    return new SetFigures(
        set.size(),
        Optional.of(accuracy(set, bootstrap)),
        acceptedAccuracy(set),
        rejectionRate(set),
        Optional.empty(),
        OptionalDouble.empty());
  }

  /**
   * Figures of images of known classes under a shift.
   *
   * @param bootstrap for intervals; empty for none
   */
  public static SetFigures shifted(
      SetAnswers set, SetAnswers known, Optional<Bootstrap> bootstrap) {
    return new SetFigures(
        set.size(),
        Optional.of(accuracy(set, bootstrap)),
        acceptedAccuracy(set),
        rejectionRate(set),
        auroc(set, known, bootstrap),
        OptionalDouble.empty());
  }

  /**
   * Figures of images of no known class.
   *
   * @param shifted known classes under a shift, if there are any
   */
  public static SetFigures unknown(
      SetAnswers set,
      SetAnswers known,
      Optional<SetAnswers> shifted,
      Optional<Bootstrap> bootstrap) {
    var full =
        shifted
            .map(more -> SetAnswers.joined(List.of(known, more)))
            .flatMap(all -> auroc(set, all, Optional.empty()))
            .map(measured -> OptionalDouble.of(measured.value()))
            .orElseGet(OptionalDouble::empty);
    return new SetFigures(
        set.size(),
        Optional.empty(),
        OptionalDouble.empty(),
        rejectionRate(set),
        auroc(set, known, bootstrap),
        full);
  }

  private static Measured accuracy(SetAnswers set, Optional<Bootstrap> bootstrap) {
    // Any scores will do: none decides about accuracy.
    var rows = new UnknownScores(new double[set.size()], new double[0], set.correct());
    return new Measured(Accuracy.of(set.correct()), bootstrap.map(by -> by.intervals(rows).acc()));
  }

  private static OptionalDouble acceptedAccuracy(SetAnswers set) {
    return IntStream.range(0, set.size())
        .filter(row -> !set.rejected()[row])
        .map(row -> set.correct()[row] ? 1 : 0)
        .average();
  }

  private static double rejectionRate(SetAnswers set) {
    return IntStream.range(0, set.size())
        .map(row -> set.rejected()[row] ? 1 : 0)
        .average()
        .orElseThrow();
  }

  private static Optional<Measured> auroc(
      SetAnswers set, SetAnswers known, Optional<Bootstrap> bootstrap) {
    if (!set.isRanked() || !known.isRanked()) {
      return Optional.empty();
    }
    var scores = new UnknownScores(known.scores(), set.scores(), known.correct());
    return Optional.of(
        new Measured(
            Auroc.of(known.scores(), set.scores()),
            bootstrap.map(by -> by.intervals(scores).auroc())));
  }
}
