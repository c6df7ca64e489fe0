/**
 * The learning rate over a training: a base rate, a warm-up, a schedule. From the number of a step
 * to its rate. Begin with {@link org.openmargin.trainer.rate.LearningRate}.
 */
package org.openmargin.trainer.rate;
