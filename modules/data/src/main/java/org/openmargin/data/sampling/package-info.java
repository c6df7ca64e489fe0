/**
 * Epochs that visit classes unequally often: from weights of classes to the images of each epoch.
 * Begin with {@link org.openmargin.data.sampling.ClassSampling}.
 */
package org.openmargin.data.sampling;
