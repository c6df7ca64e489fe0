/**
 * Training that begins with what others have learnt: from {@code model.initial_weights} to first
 * values of a backbone, from {@code training.frozen} and {@code training.stage_rates} to stages
 * that are trained differently. Begin with {@link
 * org.openmargin.experiment.transfer.StartingWeights}.
 */
package org.openmargin.experiment.transfer;
