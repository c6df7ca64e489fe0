package org.openmargin.exporter.encoded;

import java.util.List;
import java.util.function.Function;
import org.openmargin.files.image.LevelRule;
import org.tensorflow.ConcreteFunction;
import org.tensorflow.Operand;
import org.tensorflow.Signature;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.op.image.DecodeJpeg;
import org.tensorflow.op.image.DecodePng;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.TString;
import org.tensorflow.types.TUint16;
import org.tensorflow.types.TUint8;

/**
 * Decodes a JPEG or PNG file; an operation fails if it cannot be decoded.
 *
 * @param levels for PNG files of 16 bits per sample; without a range the upper byte is kept, which
 *     TensorFlow's decoder does by itself
 */
record PixelDecoder(LevelRule levels) {
  static final int COLOUR = 3;

  /**
   * @param file []
   * @return [height, width, 3]
   */
  Operand<TUint8> decode(Ops tf, Operand<TString> file) {
    if (levels.sixteenBits().isEmpty()) {
      return eightBits(tf, file);
    }
    var range = levels.sixteenBits().get();
    var deep = PngHead.sixteenBits(tf, file);
    try (var yes = branch(inner -> scaled(inner.tf(), inner.file(), range));
        var no = branch(inner -> eightBits(inner.tf(), inner.file()))) {
      return tf.statelessIf(deep, List.of(file), List.of(TUint8.class), yes, no)
          .output()
          .get(0)
          .expect(TUint8.class);
    }
  }

  /** A file in a graph of its own. */
  private record Inner(Ops tf, Operand<TString> file) {}

  private static ConcreteFunction branch(Function<Inner, Operand<TUint8>> decoder) {
    return ConcreteFunction.create(
        tf -> {
          var file = tf.placeholder(TString.class, Placeholder.shape(Shape.scalar()));
          return Signature.builder("pixels")
              .input("file", file)
              .output("image", decoder.apply(new Inner(tf, file)))
              .build();
        });
  }

  /** As {@link LevelRule.Range#level}. */
  private static Operand<TUint8> scaled(Ops tf, Operand<TString> file, LevelRule.Range range) {
    var samples =
        tf.dtypes.cast(
            tf.image.decodePng(file, TUint16.class, DecodePng.channels((long) COLOUR)),
            TInt32.class);
    var lowest = tf.constant(range.lowest());
    var span = range.highest() - range.lowest();
    var within = tf.math.sub(tf.clipByValue(samples, lowest, tf.constant(range.highest())), lowest);
    var rounded = tf.math.add(tf.math.mul(within, tf.constant(2 * 255)), tf.constant(span));
    return tf.dtypes.cast(tf.math.floorDiv(rounded, tf.constant(2 * span)), TUint8.class);
  }

  /**
   * Decodes PNG too, and unlike DecodeImage it can be told to use the exact cosine transform, which
   * gives the same pixels as Java's decoders in training.
   */
  private static Operand<TUint8> eightBits(Ops tf, Operand<TString> file) {
    return tf.image.decodeJpeg(
        file,
        DecodeJpeg.channels((long) COLOUR),
        DecodeJpeg.acceptableFraction(1f),
        DecodeJpeg.tryRecoverTruncated(false),
        DecodeJpeg.dctMethod("INTEGER_ACCURATE"));
  }
}
