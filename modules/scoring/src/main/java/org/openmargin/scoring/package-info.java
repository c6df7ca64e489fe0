/**
 * Evaluates a network's outputs: scorers turn logits and embeddings into unknown scores, metrics
 * measure how well the scores separate known from unknown images, and a split-conformal calibration
 * finds the acceptance threshold. From {@link org.openmargin.scoring.Predictions} (known validation
 * images, test images) to an {@link org.openmargin.scoring.evaluation.OpenSetEvaluation} and a
 * {@code predictions.csv}, in plain Java. Begin with {@link
 * org.openmargin.scoring.evaluation.OpenSetEvaluation#of}, which names every stage.
 */
package org.openmargin.scoring;
