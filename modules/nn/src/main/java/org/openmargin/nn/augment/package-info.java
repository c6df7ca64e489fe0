/**
 * Augmentation inside the graph, stateless, drawn from a seed and the step. From a batch of images
 * to a batch of images. Begin with {@link org.openmargin.nn.augment.Augmentation}.
 */
package org.openmargin.nn.augment;
