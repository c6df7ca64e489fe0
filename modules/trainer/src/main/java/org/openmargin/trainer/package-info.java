/**
 * Trains a network: the graph of a step, the loop around it, checkpoints, and listeners.
 *
 * <p>From an {@link org.openmargin.nn.OpenSetNetwork} and {@link org.openmargin.data.TrainingData}
 * to checkpoints, and from a checkpoint to predictions. It accepts known images only.
 *
 * <p>Begin with {@link org.openmargin.trainer.Trainer}.
 */
package org.openmargin.trainer;
