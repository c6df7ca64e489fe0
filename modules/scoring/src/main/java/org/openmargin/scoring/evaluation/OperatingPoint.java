package org.openmargin.scoring.evaluation;

import org.openmargin.scoring.Predictions;
import org.openmargin.scoring.metric.ConfusionMatrix;

/**
 * What the selected scorer does at its acceptance threshold, on the test images; fractions.
 *
 * @param knownRejectionRate known test images that are rejected; near or below the threshold's
 *     alpha when test and validation images are alike
 * @param unknownDetectionRate unknown test images that are rejected
 * @param acceptedAccuracy known test images that are accepted and correctly classified, of all
 *     known test images
 * @param macroF1 mean F1 over the known classes and "unknown" as one more class; a class that is
 *     neither present nor predicted is left out
 */
public record OperatingPoint(
    double knownRejectionRate,
    double unknownDetectionRate,
    double acceptedAccuracy,
    double macroF1) {

  /**
   * Rates of the decisions on all test images.
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
    return new OperatingPoint(
        knownRejected / knownImages,
        (double) matrix.count(unknown, unknown) / test.unknown().size(),
        accepted / knownImages,
        matrix.macroF1());
  }
}
