package org.openmargin.nn.augment;

import org.openmargin.nn.Net;
import org.tensorflow.Operand;
import org.tensorflow.op.math.Mean;
import org.tensorflow.types.TFloat32;

/**
 * Random changes to training images, in the graph, as a function of (seed, step): warp, moves that
 * keep pixel values, policy, colours, in this order. Each draws its own numbers: enabling one
 * changes no other.
 *
 * @param warp rotation by any angle, zoom and shear
 * @param moves crop, mirror and turns by right angles
 * @param color changes to brightness, contrast, saturation and hue
 */
public record Augmentation(Warp warp, Moves moves, RandAugment policy, ColorJitter color) {
  private static final int BRIGHTNESS = 4;
  private static final int CONTRAST = 5;
  private static final int COLUMNS = 6;

  public static final Augmentation NONE = new Augmentation(0, false, false, new ColorJitter(0, 0));

  /**
   * Moves that keep pixel values, and colours.
   *
   * @param cropPadding zero padding on every side before the crop, px; 0 for no crop
   * @param horizontalFlip mirror left to right with probability 1/2
   * @param rotate90 rotate by 0, 90, 180 or 270 degrees; images must be square
   */
  public Augmentation(
      int cropPadding, boolean horizontalFlip, boolean rotate90, ColorJitter color) {
    this(Warp.NONE, new Moves(cropPadding, horizontalFlip, rotate90), RandAugment.NONE, color);
  }

  public Augmentation with(Warp other) {
    return new Augmentation(other, moves, policy, color);
  }

  public Augmentation with(RandAugment other) {
    return new Augmentation(warp, moves, other, color);
  }

  /**
   * @param brightness largest shift, as a share of the value range
   * @param contrast largest relative change of a value's distance from the image's mean
   * @param chroma changes to saturation and hue, applied first
   */
  public record ColorJitter(double brightness, double contrast, ChromaJitter chroma) {

    /** Brightness and contrast only. */
    public ColorJitter(double brightness, double contrast) {
      this(brightness, contrast, ChromaJitter.NONE);
    }

    private boolean isNone() {
      return brightness == 0 && contrast == 0 && chroma.isNone();
    }

    private Operand<TFloat32> apply(Net net, Operand<TFloat32> pixels, Draws draws) {
      var tf = net.tf();
      var colored = chroma.isNone() ? pixels : chroma.apply(net.in("chroma"), pixels);
      var stretched = brightness == 0 && contrast == 0 ? colored : stretched(net, colored, draws);
      return tf.clipByValue(stretched, tf.constant(0f), tf.constant(255f));
    }

    private Operand<TFloat32> stretched(Net net, Operand<TFloat32> pixels, Draws draws) {
      var tf = net.tf();
      var perImage = tf.array(draws.images(), 1, 1, 1);
      var shift = tf.reshape(draws.around(net, BRIGHTNESS, 0, 255 * brightness), perImage);
      var factor = tf.reshape(draws.around(net, CONTRAST, 1, contrast), perImage);
      var mean = tf.math.mean(pixels, tf.array(1, 2, 3), Mean.keepDims(true));
      var stretched = tf.math.add(tf.math.mul(tf.math.sub(pixels, mean), factor), mean);
      return tf.math.add(stretched, shift);
    }
  }

  /**
   * @param pixels [batch, height, width, channels], 0 to 255, all sizes known
   * @return the same shape, 0 to 255
   * @throws IllegalArgumentException if images are to be rotated by 90 degrees but are not square,
   *     or if colours are to change in images with neither 1 nor 3 channels
   */
  public Operand<TFloat32> apply(Net net, Operand<TFloat32> pixels) {
    if (this.equals(NONE)) {
      return pixels;
    }
    var here = net.in("augmentation");
    var draws = Draws.of(here, pixels, COLUMNS);
    var warped = warp.isNone() ? pixels : warp.apply(here.in("warp"), pixels);
    var moved = moves.isNone() ? warped : moves.apply(here, warped, draws);
    var varied = policy.isNone() ? moved : policy.apply(here.in("policy"), moved);
    return color.isNone() ? varied : color.apply(here, varied, draws);
  }
}
