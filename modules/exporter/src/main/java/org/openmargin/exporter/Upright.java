package org.openmargin.exporter;

import java.util.List;
import org.openmargin.files.image.Orientation;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.TString;
import org.tensorflow.types.TUint8;

/** Turns decoded images as their Exif orientation says, which TensorFlow's decoders ignore. */
final class Upright {
  private Upright() {}

  /**
   * @param file [], a JPEG or PNG file
   * @param image [height, width, channels], as it is stored
   * @return [height, width, channels] or [width, height, channels]
   */
  static Operand<TUint8> of(Ops tf, Operand<TString> file, Operand<TUint8> image) {
    var head = tf.strings.substr(file, tf.constant(0), tf.constant(Orientation.HEAD_BYTES));
    var mirrored =
        tf.select(is(tf, head, Orientation.MIRRORED), tf.reverse(image, tf.array(1)), image);
    var upright =
        tf.select(
            is(tf, head, Orientation.UPSIDE_DOWN), tf.reverse(mirrored, tf.array(0)), mirrored);
    var exchanged = tf.dtypes.cast(is(tf, head, Orientation.TRANSPOSED), TInt32.class);
    // Axes 0, 1, 2 or 1, 0, 2.
    var first = exchanged;
    var second = tf.math.sub(tf.constant(1), exchanged);
    return tf.linalg.transpose(upright, tf.stack(List.of(first, second, tf.constant(2))));
  }

  private static Operand<TBool> is(Ops tf, Operand<TString> head, Orientation orientation) {
    return tf.strings.regexFullMatch(head, tf.constant(orientation.re2()));
  }
}
