package org.openmargin.exporter.encoded;

import java.util.List;
import org.openmargin.files.image.Orientation;
import org.tensorflow.ConcreteFunction;
import org.tensorflow.Operand;
import org.tensorflow.Signature;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
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
    var mirrored = is(tf, head, Orientation.MIRRORED);
    var upsideDown = is(tf, head, Orientation.UPSIDE_DOWN);
    var transposed = is(tf, head, Orientation.TRANSPOSED);
    var any = tf.math.logicalOr(mirrored, tf.math.logicalOr(upsideDown, transposed));
    try (var turn = ConcreteFunction.create(inner -> branch(inner, true));
        var keep = ConcreteFunction.create(inner -> branch(inner, false))) {
      return tf.statelessIf(
              any,
              List.of(image, mirrored, upsideDown, transposed),
              List.of(TUint8.class),
              turn,
              keep)
          .output()
          .get(0)
          .expect(TUint8.class);
    }
  }

  private static Signature branch(Ops tf, boolean turn) {
    var image = tf.placeholder(TUint8.class, Placeholder.shape(Shape.of(-1, -1, -1)));
    var mirrored = tf.placeholder(TBool.class, Placeholder.shape(Shape.scalar()));
    var upsideDown = tf.placeholder(TBool.class, Placeholder.shape(Shape.scalar()));
    var transposed = tf.placeholder(TBool.class, Placeholder.shape(Shape.scalar()));
    return Signature.builder(turn ? "turn" : "keep")
        .input("image", image)
        .input("mirrored", mirrored)
        .input("upsideDown", upsideDown)
        .input("transposed", transposed)
        .output(
            "upright",
            turn ? turned(tf, image, mirrored, upsideDown, transposed) : tf.identity(image))
        .build();
  }

  private static Operand<TUint8> turned(
      Ops tf,
      Operand<TUint8> image,
      Operand<TBool> mirrored,
      Operand<TBool> upsideDown,
      Operand<TBool> transposed) {
    var first = tf.select(mirrored, tf.reverse(image, tf.array(1)), image);
    var upright = tf.select(upsideDown, tf.reverse(first, tf.array(0)), first);
    // Axes 0, 1, 2 or 1, 0, 2.
    var exchanged = tf.dtypes.cast(transposed, TInt32.class);
    var axes = tf.stack(List.of(exchanged, tf.math.sub(tf.constant(1), exchanged), tf.constant(2)));
    return tf.linalg.transpose(upright, axes);
  }

  private static Operand<TBool> is(Ops tf, Operand<TString> head, Orientation orientation) {
    return tf.strings.regexFullMatch(head, tf.constant(orientation.re2()));
  }
}
