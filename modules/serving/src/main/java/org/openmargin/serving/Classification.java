package org.openmargin.serving;

/**
 * A model's answer for one image.
 *
 * @param label a known class, or "unknown"
 * @param unknown whether the image is rejected
 * @param unknownScore higher = more unknown
 * @param bestKnownLabel the best known class, even if the image is rejected by its score; "unknown"
 *     if it is rejected for another reason
 * @param probabilities of the known classes, in label order; they sum to less than 1 if the head
 *     has an open class
 * @param embedding d numbers
 * @param unusual whether the image is of no usual kind at all, such as a black picture; false for a
 *     model that does not look for that
 * @param reason why the image is rejected without a look at its score; {@link Reason#OK} if it is
 *     not. Otherwise the score is the largest float, and probabilities and embedding are zeros.
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
    Reason reason) {

  /** False for a file that is no image, or cannot be decoded; it is then rejected. */
  public boolean inputOk() {
    return reason.decoded();
  }

  /**
   * The same image by another threshold, as the signature {@code serving_threshold} decides:
   * unknown unless {@code unknownScore <= threshold}, compared as floats, and unknown if one of the
   * two is not finite or the image was rejected without a look at its score.
   */
  public Classification at(double threshold) {
    var accepted =
        reason == Reason.OK
            && Double.isFinite(unknownScore)
            && Double.isFinite(threshold)
            && (float) unknownScore <= (float) threshold;
    return new Classification(
        accepted ? bestKnownLabel : ModelContract.UNKNOWN,
        !accepted,
        unknownScore,
        bestKnownLabel,
        probabilities,
        embedding,
        unusual,
        reason);
  }
}
