package org.openmargin.serving;

/**
 * A model's answer for one image.
 *
 * @param label a known class, or "unknown"
 * @param unknown whether the image is rejected
 * @param unknownScore higher = more unknown; the largest float without a score
 * @param bestKnownLabel the best known class, even if the image is rejected by its score; "unknown"
 *     without a score
 * @param probabilities of the known classes, in label order; they sum to less than 1 if the head
 *     has an open class; zeros without a score
 * @param embedding d numbers; zeros without a score
 * @param unusual whether the image is of no usual kind at all, such as a black picture; false for a
 *     model that does not look for that
 * @param reason why the image is rejected, where it is not by its score alone; tells whether there
 *     is a score ({@link Reason#scored()})
 * @param detail the reason in words, such as what is wrong with the file; empty for {@link
 *     Reason#OK}
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
    Reason reason,
    String detail) {

  /** False for a file that is no image, or cannot be decoded; it is then rejected. */
  public boolean inputOk() {
    return reason.decoded();
  }

  /**
   * The same image by another threshold, as the signature {@code serving_threshold} decides:
   * unknown unless {@code unknownScore <= threshold}, compared as floats, and unknown if one of the
   * two is not finite or there is no score.
   */
  public Classification at(double threshold) {
    if (!reason.scored()) {
      return this;
    }
    var accepted =
        Double.isFinite(unknownScore)
            && Double.isFinite(threshold)
            && (float) unknownScore <= (float) threshold;
    var because = unusual && !accepted ? Reason.UNUSUAL_INPUT : Reason.OK;
    return new Classification(
        accepted ? bestKnownLabel : ModelContract.UNKNOWN,
        !accepted,
        unknownScore,
        bestKnownLabel,
        probabilities,
        embedding,
        unusual,
        because,
        because.text());
  }

  /** The answer of the same length for a file that cannot be used. */
  Classification refused(Reason because, String words) {
    return new Classification(
        ModelContract.UNKNOWN,
        true,
        ModelContract.NO_SCORE,
        ModelContract.UNKNOWN,
        new float[probabilities.length],
        new float[embedding.length],
        false,
        because,
        words);
  }
}
