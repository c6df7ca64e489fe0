/**
 * The unknown scores, one per file. From logits and an embedding to a number, higher = more
 * unknown; some are first fitted to {@link org.openmargin.scoring.training.TrainingOutputs}. Begin
 * with {@link org.openmargin.scoring.scorer.Scorer}, then read {@link
 * org.openmargin.scoring.scorer.Mahalanobis}.
 *
 * <p>To add a scorer:
 *
 * <ol>
 *   <li>its record here, a {@code Scorer} or {@code LogitScorer};
 *   <li>an entry in {@link org.openmargin.scoring.scorer.ScorerType}: what it needs, how it is
 *       made; its settings, if any, in {@link org.openmargin.scoring.scorer.ScorerSetting};
 *   <li>the same names in {@code proto/openmargin/v1/scoring.proto}: a {@code ScorerKind}, a field
 *       per setting with the same default;
 *   <li>its operations in the exporter's {@code UnknownScoreGraph}, whose switch does not compile
 *       without them.
 * </ol>
 */
package org.openmargin.scoring.scorer;
