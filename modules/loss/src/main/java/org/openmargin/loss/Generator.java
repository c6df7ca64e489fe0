package org.openmargin.loss;

import org.openmargin.nn.Net;
import org.openmargin.nn.layers.Layers;
import org.openmargin.nn.layers.Layers.ConvShape;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.types.TFloat32;

/**
 * From noise to images: transposed convolutions with 4x4 kernels, from one pixel to maps of 4, 8,
 * 16 and 32 px; channels halve each time, the last map has those of an image. Batch norm and ReLU
 * follow all but the last, which is followed by a sigmoid.
 *
 * @param noiseSize length of the noise vector, from N(0, 1)
 * @param channels of the first map
 */
record Generator(int noiseSize, int channels) {
  /** Height and width of its images, px. */
  static final int SIZE = 32;

  private static final int FIRST = 4;

  /**
   * Generates images, cropped to the middle.
   *
   * @param net its own place
   * @param noise name of the noise: within a step, the same name gives the same images
   * @param images wanted shape, [batch, height, width, channels]
   * @return pixels, 0 to 255
   */
  Operand<TFloat32> pixels(Net net, String noise, Shape images) {
    var tf = net.tf();
    var z = net.normalRows(noise, Shape.of(images.get(0), noiseSize));
    var x = activated(net.in("layer0"), first(net.in("layer0"), z));
    var layer = 1;
    for (var size = 2 * FIRST; size < SIZE; size *= 2) {
      var here = net.in("layer" + layer);
      x = activated(here, enlarged(here, x, channels >> layer));
      layer++;
    }
    var image = tf.math.sigmoid(enlarged(net.in("layer" + layer), x, (int) images.get(3)));
    return tf.math.mul(middle(net, image, images), tf.constant(255f));
  }

  /** A transposed convolution of one pixel is a matrix product: [batch, n] to [batch, 4, 4, c]. */
  private Operand<TFloat32> first(Net net, Operand<TFloat32> z) {
    var tf = net.tf();
    var width = FIRST * FIRST * channels;
    var kernel = net.trained("kernel", Shape.of(noiseSize, width), Gan.KERNEL);
    var places = Shape.of(z.shape().get(0), FIRST, FIRST, channels);
    return tf.reshape(tf.linalg.matMul(z, kernel), tf.constant(places));
  }

  private static Operand<TFloat32> enlarged(Net net, Operand<TFloat32> x, int filters) {
    return Layers.transposedConv(net, x, new ConvShape(4, 2, filters), Gan.KERNEL);
  }

  private static Operand<TFloat32> activated(Net net, Operand<TFloat32> x) {
    return Layers.relu(net, Layers.statelessBatchNorm(net.in("norm"), x));
  }

  private static Operand<TFloat32> middle(Net net, Operand<TFloat32> x, Shape images) {
    var tf = net.tf();
    var height = (int) images.get(1);
    var width = (int) images.get(2);
    if (height == SIZE && width == SIZE) {
      return x;
    }
    return tf.slice(
        x,
        tf.array(0, (SIZE - height) / 2, (SIZE - width) / 2, 0),
        tf.array((int) images.get(0), height, width, (int) images.get(3)));
  }
}
