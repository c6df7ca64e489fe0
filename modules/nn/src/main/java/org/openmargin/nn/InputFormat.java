package org.openmargin.nn;

import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/**
 * The image size a network takes, and how it standardises pixel values.
 *
 * @param height rows, px
 * @param width columns, px
 * @param channels 3 or 1
 * @param mean subtracted from pixel values in [0, 1]
 * @param deviation divides the difference
 */
public record InputFormat(int height, int width, int channels, double mean, double deviation) {

  /** Maps pixel values to [-1, 1]: mean 0.5, deviation 0.5, as in MedMNIST's baselines. */
  public static InputFormat of(int height, int width, int channels) {
    return new InputFormat(height, width, channels, 0.5, 0.5);
  }

  /** Bytes of one image. */
  public int bytes() {
    return height * width * channels;
  }

  /** [height, width, channels]. */
  public List<Integer> shape() {
    return List.of(height, width, channels);
  }

  /**
   * @param pixels any shape, values 0 to 255
   * @return {@code (pixels / 255 - mean) / deviation}
   */
  public Operand<TFloat32> standardize(Net net, Operand<TFloat32> pixels) {
    var tf = net.tf();
    var factor = tf.constant((float) (1 / (255 * deviation)));
    return tf.math.sub(tf.math.mul(pixels, factor), tf.constant((float) (mean / deviation)));
  }
}
