/**
 * Where in an image a trained network looks. From a network, a checkpoint and images to one map for
 * each image. Begin with {@link org.openmargin.trainer.saliency.GradCam}.
 */
package org.openmargin.trainer.saliency;
