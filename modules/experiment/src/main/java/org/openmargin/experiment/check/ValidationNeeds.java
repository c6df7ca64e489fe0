package org.openmargin.experiment.check;

import java.util.Optional;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;
import org.openmargin.scoring.Halves;
import org.openmargin.scoring.calibration.ConformalCalibration;
import org.openmargin.scoring.numeric.TailScale;
import org.openmargin.scoring.scorer.Combination;

/**
 * Whether there are enough known validation images for the thresholds of an evaluation: {@code
 * 1/alpha - 1}, and as many again for the scales of a combination.
 *
 * @param images of each known class
 * @param combines whether a combination decides
 * @param larger known validation images of each class if a larger share of all images validates
 * @param halves their sizes if groups, such as patients, decide them; empty if each image is alone
 */
@SuppressWarnings("ArrayRecordComponent") // a few numbers, read-only, never compared
public record ValidationNeeds(
    int[] images, boolean combines, Optional<LargerShare> larger, Optional<Halves.Sizes> halves) {
  private static final int THOUSANDTHS = 1000;

  /** Each image is alone. */
  public ValidationNeeds(int[] images, boolean combines, Optional<LargerShare> larger) {
    this(images, combines, larger, Optional.empty());
  }

  /** The division of a data set by shares, with another share for validation. */
  public interface LargerShare {

    /** Validation images of each known class; empty if a class would have no training image. */
    Optional<int[]> images(double share);
  }

  /**
   * The smallest share of wrongly rejected known images that a threshold can promise, in
   * thousandths rounded up; empty if every known image would be rejected.
   *
   * @param images known validation images of each class
   * @param combines whether a combination decides
   */
  public static Optional<Double> smallestAlpha(int[] images, boolean combines) {
    return new ValidationNeeds(images, combines, Optional.empty()).smallestAlpha();
  }

  /** What is wrong and what would be right; empty if nothing is. */
  Optional<String> fault(double alpha) {
    var there = calibrating();
    var needed = ConformalCalibration.leastImages(alpha);
    var scales = halves.map(Halves.Sizes::first).orElse(sum(images, Combination::referenceImages));
    if (combines && scales < TailScale.LEAST_REFERENCE) {
      return Optional.of(
          "scoring.selected COMBINATION needs at least %d known validation images for the scales of its parts, half of all; there are %d: %s"
              .formatted(
                  TailScale.LEAST_REFERENCE,
                  scales,
                  cure(
                      alpha,
                      "let another scorer decide, such as with the override scoring.selected=KNN")));
    }
    if (there >= needed) {
      return Optional.empty();
    }
    var other =
        smallestAlpha()
            .map(
                a ->
                    "accept that more known images are rejected, with the override export.alpha="
                        + a)
            .orElse("add images");
    return Optional.of(
        "export.alpha %s needs at least %d known validation images%s; there are %d: %s"
            .formatted(alpha, needed, besides(), there, cure(alpha, other)));
  }

  /** Whether a further threshold can be had. */
  Optional<String> remark(double alpha) {
    var needed = ConformalCalibration.leastImages(alpha);
    var there = calibrating();
    return there >= needed
        ? Optional.empty()
        : Optional.of(
            "alpha %s needs %d known validation images%s; there are %d, so it gets no threshold"
                .formatted(alpha, needed, besides(), there));
  }

  private String besides() {
    return combines ? " besides the half that sets the scales of COMBINATION" : "";
  }

  private String cure(double alpha, String other) {
    var more =
        sufficientShare(alpha)
            .map(
                share ->
                    "use more images for validation, which cannot be changed after training, with the override data.folder.validation_fraction="
                        + share)
            .orElse("add validation images");
    return more + ", or " + other;
  }

  private Optional<Double> sufficientShare(double alpha) {
    return larger.flatMap(
        division ->
            IntStream.rangeClosed(1, 10)
                .mapToObj(twentieths -> twentieths / 20.0)
                .filter(share -> division.images(share).filter(n -> suffices(n, alpha)).isPresent())
                .findFirst());
  }

  private boolean suffices(int[] counts, double alpha) {
    return calibrating(counts) >= ConformalCalibration.leastImages(alpha)
        && (!combines || sum(counts, Combination::referenceImages) >= TailScale.LEAST_REFERENCE);
  }

  /** Rounded up to thousandths; empty if every known image would be rejected. */
  Optional<Double> smallestAlpha() {
    var there = calibrating();
    return IntStream.range(1, THOUSANDTHS)
        .mapToObj(thousandths -> (double) thousandths / THOUSANDTHS)
        .filter(alpha -> ConformalCalibration.leastImages(alpha) <= there)
        .findFirst();
  }

  private int calibrating() {
    return combines && halves.isPresent() ? halves.get().second() : calibrating(images);
  }

  private int calibrating(int[] counts) {
    return sum(counts, combines ? Combination::calibratingImages : n -> n);
  }

  private static int sum(int[] counts, IntUnaryOperator share) {
    return IntStream.of(counts).map(share).sum();
  }
}
