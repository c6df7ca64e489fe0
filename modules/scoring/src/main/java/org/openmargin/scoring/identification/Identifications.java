package org.openmargin.scoring.identification;

/**
 * A gallery's answers for probes, before any threshold.
 *
 * @param genuine largest similarity of each probe whose identity is enrolled
 * @param right whether the most similar identity is the right one, for the same probes
 * @param impostors largest similarity of each probe whose identity is not enrolled
 */
@SuppressWarnings("ArrayRecordComponent") // read-only, never compared
public record Identifications(double[] genuine, boolean[] right, double[] impostors) {

  /** Refuses arrays of different lengths, no genuine probe, and numbers that are not finite. */
  public Identifications {
    if (genuine.length != right.length) {
      throw new IllegalArgumentException(
          "%d genuine similarities, but %d answers".formatted(genuine.length, right.length));
    }
    if (genuine.length == 0) {
      throw new IllegalArgumentException("there is no probe of an enrolled identity");
    }
    requireFinite(genuine);
    requireFinite(impostors);
  }

  private static void requireFinite(double[] similarities) {
    for (var similarity : similarities) {
      if (!Double.isFinite(similarity)) {
        throw new IllegalArgumentException("a similarity is not finite: " + similarity);
      }
    }
  }
}
