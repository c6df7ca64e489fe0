/**
 * Evaluates a checkpoint: metrics of every scorer, and the decision of the selected one. From
 * predictions of known validation and of test images to an {@link
 * org.openmargin.scoring.evaluation.OpenSetEvaluation}. Begin with {@link
 * org.openmargin.scoring.evaluation.OpenSetEvaluation#of}, which names every stage.
 */
package org.openmargin.scoring.evaluation;
