/**
 * How gradients change weights: optimizers, weight decay, the average of weights. From gradients to
 * update operations of the graph. Begin with {@link org.openmargin.trainer.optimizer.Optimizer}.
 */
package org.openmargin.trainer.optimizer;
