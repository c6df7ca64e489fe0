package org.openmargin.loss;

import org.openmargin.nn.Net;
import org.openmargin.nn.layers.Layers;
import org.openmargin.nn.layers.Layers.ConvShape;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.nn.LeakyRelu;
import org.tensorflow.types.TFloat32;

/**
 * Rates how real an image looks: three convolutions with 4x4 kernels and stride 2, each followed by
 * LeakyReLU (slope 0.2), with batch norm in between for the second and third; one convolution over
 * the whole remaining map (4x4 for 25 to 32 px), followed by a sigmoid; a dense layer. Channels
 * double each time.
 *
 * @param channels of the first map
 */
record Discriminator(int channels) {

  /**
   * @param net its own place
   * @param pixels [batch, height, width, channels], 0 to 255
   * @return [batch, 1], the logit of being real
   */
  Operand<TFloat32> logits(Net net, Operand<TFloat32> pixels) {
    var tf = net.tf();
    var x = leaky(net, halved(net.in("layer0"), unit(net, pixels), channels));
    for (var layer = 1; layer < 3; layer++) {
      var here = net.in("layer" + layer);
      var map = halved(here, x, channels << layer);
      x = leaky(here, Layers.statelessBatchNorm(here.in("norm"), map));
    }
    var features = tf.math.sigmoid(whole(net.in("layer3"), x, channels << 3));
    return Layers.dense(net.in("dense"), features, 1);
  }

  private static Operand<TFloat32> unit(Net net, Operand<TFloat32> pixels) {
    return net.tf().math.mul(pixels, net.tf().constant(1 / 255f));
  }

  private static Operand<TFloat32> halved(Net net, Operand<TFloat32> x, int filters) {
    return Layers.conv(net, x, new ConvShape(4, 2, filters), Gan.KERNEL);
  }

  private static Operand<TFloat32> leaky(Net net, Operand<TFloat32> x) {
    return net.tf().nn.leakyRelu(x, LeakyRelu.alpha(0.2f));
  }

  /** A convolution with a single output pixel is a matrix product. */
  private static Operand<TFloat32> whole(Net net, Operand<TFloat32> x, int filters) {
    var tf = net.tf();
    var batch = x.shape().get(0);
    var size = x.shape().size() / batch;
    var kernel = net.trained("kernel", Shape.of(size, filters), Gan.KERNEL);
    return tf.linalg.matMul(tf.reshape(x, tf.constant(Shape.of(batch, size))), kernel);
  }
}
