/**
 * What scorers are fitted to: the network's outputs on known training images, its head as a linear
 * function, and the Gaussians of its features. From predictions to the numbers that several scorers
 * share. Begin with {@link org.openmargin.scoring.training.TrainingOutputs}.
 */
package org.openmargin.scoring.training;
