/**
 * Trains a network: the graph of a step, the loop around it, checkpoints, and what watches them.
 *
 * <p>From an {@link org.openmargin.nn.OpenSetNetwork} and {@link org.openmargin.data.TrainingData}
 * to checkpoints, and from a checkpoint to predictions. Only known images can be handed in.
 *
 * <p>Begin with {@link org.openmargin.trainer.Trainer}.
 */
package org.openmargin.trainer;
