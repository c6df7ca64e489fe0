/**
 * How gradients change weights: optimizers, weight decay, the average of weights, and the learning
 * rate over time. From gradients to update operations of the graph. Begin with {@link
 * org.openmargin.trainer.optimizer.Optimizer}.
 */
package org.openmargin.trainer.optimizer;
