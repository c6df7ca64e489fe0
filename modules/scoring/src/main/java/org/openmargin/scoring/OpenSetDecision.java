package org.openmargin.scoring;

/**
 * A scorer with its acceptance threshold: says "known" or "unknown" about one image.
 *
 * @param scorer gives the unknown score
 * @param threshold what is still accepted
 */
public record OpenSetDecision(Scorer scorer, AcceptanceThreshold threshold) {

  /** Whether an image with these logits is rejected. */
  public boolean isUnknown(float[] logits) {
    return !threshold.accepts(scorer.unknownScore(logits));
  }
}
