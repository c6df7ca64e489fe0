package org.openmargin.scoring.evaluation;

import java.util.OptionalDouble;
import org.openmargin.scoring.Predictions;
import org.openmargin.scoring.metric.ConfusionMatrix;

/**
 * Rates of the selected scorer's decisions at its acceptance threshold, on the test images;
 * fractions. What needs unknown test images is empty without them.
 *
 * @param knownRejectionRate known test images rejected; near or below the threshold's alpha when
 *     test and validation images are alike
 * @param unknownDetectionRate unknown test images rejected
 * @param acceptedAccuracy known test images accepted and correctly classified, of all known test
 *     images
 * @param macroF1 mean F1 over the known classes and "unknown" as an additional class, without
 *     classes that are neither present nor predicted
 */
public record OperatingPoint(
    double knownRejectionRate,
    OptionalDouble unknownDetectionRate,
    double acceptedAccuracy,
    OptionalDouble macroF1) {

  /**
   * Measures decisions on test images.
   *
   * @param rejected per row, whether the answer is "unknown"
   * @param test known and unknown rows
   */
  public static OperatingPoint of(boolean[] rejected, Predictions test) {
    var matrix = ConfusionMatrix.of(rejected, test);
    int unknown = test.head().knownClasses();
    double knownImages = test.known().size();
    long knownRejected = 0;
    long accepted = 0;
    for (int truth = 0; truth < unknown; truth++) {
      knownRejected += matrix.count(truth, unknown);
      accepted += matrix.count(truth, truth);
    }
    int unknownImages = matrix.images(unknown);
    var isMeasured = unknownImages > 0;
    return new OperatingPoint(
        knownRejected / knownImages,
        isMeasured
            ? OptionalDouble.of((double) matrix.count(unknown, unknown) / unknownImages)
            : OptionalDouble.empty(),
        accepted / knownImages,
        isMeasured ? OptionalDouble.of(matrix.macroF1()) : OptionalDouble.empty());
  }
}
