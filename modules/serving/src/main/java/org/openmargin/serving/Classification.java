package org.openmargin.serving;

/**
 * A model's answer for one image.
 *
 * @param label a known class, or "unknown"
 * @param unknown whether the image is rejected
 * @param unknownScore higher = more unknown
 * @param bestKnownLabel the best known class, even if the image is rejected
 * @param probabilities of the known classes, in label order; they sum to less than 1 if the head
 *     has an open class
 * @param embedding d numbers
 * @param unusual whether the image is of no usual kind at all, such as a black picture; false for a
 *     model that does not look for that
 * @param inputOk false for a file that is no image, or of no format that is read; it is then
 *     rejected
 */
@SuppressWarnings("ArrayRecordComponent") // fresh arrays for the caller, never compared
public record Classification(
    String label,
    boolean unknown,
    double unknownScore,
    String bestKnownLabel,
    float[] probabilities,
    float[] embedding,
    boolean unusual,
    boolean inputOk) {

  /**
   * The same image by another threshold, as the signature {@code serving_threshold} decides:
   * unknown unless {@code unknownScore <= threshold}, and unknown if one of the two is not finite
   * or the input is not ok.
   */
  public Classification at(double threshold) {
    var accepted =
        inputOk
            && Double.isFinite(unknownScore)
            && Double.isFinite(threshold)
            && unknownScore <= threshold;
    return new Classification(
        accepted ? bestKnownLabel : ModelContract.UNKNOWN,
        !accepted,
        unknownScore,
        bestKnownLabel,
        probabilities,
        embedding,
        unusual,
        inputOk);
  }
}
