/**
 * The unknown scores, one per file. From logits and an embedding to a number, higher = more
 * unknown; some are first fitted to {@link org.openmargin.scoring.scorer.TrainingOutputs}. Begin
 * with {@link org.openmargin.scoring.scorer.Scorer}, then read {@link
 * org.openmargin.scoring.scorer.Mahalanobis}.
 */
package org.openmargin.scoring.scorer;
