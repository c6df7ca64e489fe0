package org.openmargin.model;

import org.openmargin.nn.InputFormat;
import org.openmargin.nn.Net;
import org.openmargin.nn.layers.Layers.Padding;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/**
 * Choices of a network that trained weights are bound to.
 *
 * @param padding of convolutions and pooling with stride 2
 * @param pixels how they are standardised
 */
public record Conventions(Padding padding, Pixels pixels) {
  /** TensorFlow's padding, pixels of the format. */
  public static final Conventions DEFAULT = new Conventions(Padding.SAME, Pixels.OF_FORMAT);

  /** Of the ResNets in torchvision and timm. */
  public static final Conventions TORCHVISION = new Conventions(Padding.SYMMETRIC, Pixels.IMAGENET);

  private static final float[] IMAGENET_MEAN = {0.485f, 0.456f, 0.406f};
  private static final float[] IMAGENET_DEVIATION = {0.229f, 0.224f, 0.225f};

  /** How pixels are standardised. */
  public enum Pixels {
    /** As {@link InputFormat} says: to [-1, 1]. */
    OF_FORMAT,
    /** {@code (value / 255 - mean) / deviation} per channel, with those of ImageNet. */
    IMAGENET
  }

  /**
   * @param images [batch, height, width, channels], 0 to 255
   * @return the same shape
   */
  Operand<TFloat32> standardized(Net net, InputFormat format, Operand<TFloat32> images) {
    if (pixels == Pixels.OF_FORMAT) {
      return format.standardize(net, images);
    }
    var tf = net.tf();
    var factor = new float[IMAGENET_MEAN.length];
    var offset = new float[IMAGENET_MEAN.length];
    for (var c = 0; c < factor.length; c++) {
      factor[c] = 1 / (255 * IMAGENET_DEVIATION[c]);
      offset[c] = IMAGENET_MEAN[c] / IMAGENET_DEVIATION[c];
    }
    return tf.math.sub(tf.math.mul(images, tf.constant(factor)), tf.constant(offset));
  }

  /**
   * @throws IllegalArgumentException if images of this format have no such standardisation
   */
  void requireFit(InputFormat format) {
    if (pixels == Pixels.IMAGENET && format.channels() != IMAGENET_MEAN.length) {
      throw new IllegalArgumentException(
          "pixels IMAGENET need images with 3 channels; these have " + format.channels());
    }
  }
}
