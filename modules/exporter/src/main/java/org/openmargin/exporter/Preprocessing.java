package org.openmargin.exporter;

import java.util.List;
import org.openmargin.files.image.LevelRule;
import org.openmargin.nn.InputFormat;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.image.ScaleAndTranslate;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.TUint8;

/**
 * Brings images of any size to the network's: centre crop, then an antialiased triangle filter
 * ({@code ScaleAndTranslate}, scale = out / in per axis), rounded half up and clamped to 0..255.
 * Module data's {@code ImageGeometry} and {@code Resize} do the same arithmetic in Java:
 *
 * <ul>
 *   <li>the network's size: pixels unchanged, bit for bit (at scale 1 the filter's weights are 1
 *       and 0);
 *   <li>other sizes with a crop: a centred square of side {@code min(crop, height, width)};
 *   <li>without a crop, square network: the largest centred square;
 *   <li>without a crop, other network: the whole image.
 * </ul>
 *
 * @param centreCropPx side of the crop; 0 for none
 * @param levels for values of more than 8 bits
 */
record Preprocessing(InputFormat input, int centreCropPx, LevelRule levels) {

  /** With the usual levels. */
  Preprocessing(InputFormat input, int centreCropPx) {
    this(input, centreCropPx, LevelRule.DEFAULT);
  }

  /**
   * @param images [n, h, w, channels]
   * @return [n, height, width, channels], with everything but n static
   */
  Operand<TUint8> apply(Ops tf, Operand<TUint8> images) {
    var cropped = crop(tf, images);
    var size = tf.array(input.height(), input.width());
    var scale =
        tf.math.div(
            tf.dtypes.cast(size, TFloat32.class),
            tf.dtypes.cast(sides(tf, cropped), TFloat32.class));
    var resized =
        tf.image.scaleAndTranslate(
            cropped,
            size,
            scale,
            tf.array(0f, 0f),
            ScaleAndTranslate.kernelType("triangle"),
            ScaleAndTranslate.antialias(true));
    var rounded = tf.math.floor(tf.math.add(resized, tf.constant(0.5f)));
    var clamped = tf.clipByValue(rounded, tf.constant(0f), tf.constant(255f));
    return tf.reshape(
        tf.dtypes.cast(clamped, TUint8.class),
        tf.array(-1, input.height(), input.width(), input.channels()));
  }

  private Operand<TUint8> crop(Ops tf, Operand<TUint8> images) {
    if (centreCropPx == 0 && input.height() != input.width()) {
      return images;
    }
    var whole = sides(tf, images);
    var shorter = tf.reduceMin(whole, tf.array(0));
    var side = centreCropPx == 0 ? shorter : tf.math.minimum(shorter, tf.constant(centreCropPx));
    var same =
        tf.reduceAll(tf.math.equal(whole, tf.array(input.height(), input.width())), tf.array(0));
    var kept = tf.select(same, whole, tf.stack(List.of(side, side)));
    var offset = tf.math.floorDiv(tf.math.sub(whole, kept), tf.constant(2));
    var axis = tf.constant(0);
    return tf.slice(
        images,
        tf.concat(List.of(tf.array(0), offset, tf.array(0)), axis),
        tf.concat(List.of(tf.array(-1), kept, tf.array(-1)), axis));
  }

  /** Height and width: [2]. */
  private static Operand<TInt32> sides(Ops tf, Operand<TUint8> images) {
    return tf.slice(tf.shape(images), tf.array(1), tf.array(2));
  }
}
