/**
 * What scorers see of the training images: which of them, and in which views. From a trained
 * network and its training images to outputs that scorers are fitted to. Begin with {@link
 * org.openmargin.experiment.fit.FitOutputs}.
 */
package org.openmargin.experiment.fit;
