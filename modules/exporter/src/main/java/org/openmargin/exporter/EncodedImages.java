package org.openmargin.exporter;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.openmargin.nn.InputFormat;
import org.openmargin.serving.Reason;
import org.tensorflow.ConcreteFunction;
import org.tensorflow.Operand;
import org.tensorflow.Signature;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.op.core.ReduceSum;
import org.tensorflow.op.image.DecodeJpeg;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.TString;
import org.tensorflow.types.TUint8;

/**
 * JPEG and PNG files as input. A file that does not start like one of the two is replaced by a
 * black image and reported by {@code ok}, so that one client's mistake does not fail the batch.
 *
 * <p>A file that starts right but is cut off or damaged later still fails its request: silently
 * decoding part of a medical image would be worse. TensorFlow does not notice a JPEG file that is
 * cut off and ends with an end marker all the same; {@code OpenSetClassifier} does, and refuses it.
 * Exif orientation is honoured, see {@link Upright}.
 *
 * @param reason [n], a code of {@link Reason}: why the file is not decoded
 * @param pixels [n, height, width, channels], decoded, cropped and resized
 */
record EncodedImages(Operand<TString> reason, Operand<TUint8> pixels) {
  private static final int COLOUR = 3;
  private static final String JPEG = "\u00ff\u00d8\u00ff";
  private static final String PNG = "\u0089PNG\r\n\u001a\n";

  /**
   * @param files [n], contents of files
   */
  static EncodedImages of(Ops tf, Operand<TString> files, Preprocessing preprocessing) {
    var ok = tf.math.logicalOr(begins(tf, files, JPEG), begins(tf, files, PNG));
    var decodable = tf.select(ok, files, black(tf, preprocessing.input()));
    var format = preprocessing.input();
    var shape = Shape.of(format.height(), format.width(), format.channels());
    // The graph copies the function's definition, so it may be closed at once.
    try (var decode = ConcreteFunction.create(inner -> decoder(inner, preprocessing))) {
      var map =
          tf.mapDefun(List.of(decodable), List.of(), List.of(TUint8.class), List.of(shape), decode);
      var reason =
          tf.select(ok, tf.constant(Reason.OK.code()), tf.constant(Reason.NOT_AN_IMAGE.code()));
      return new EncodedImages(reason, map.output().get(0).expect(TUint8.class));
    }
  }

  private static Operand<TBool> begins(Ops tf, Operand<TString> files, String magic) {
    var head = tf.strings.substr(files, tf.constant(0), tf.constant(magic.length()));
    return tf.math.equal(head, tf.constant(StandardCharsets.ISO_8859_1, magic));
  }

  private static Signature decoder(Ops tf, Preprocessing preprocessing) {
    var format = preprocessing.input();
    var file = tf.placeholder(TString.class, Placeholder.shape(Shape.scalar()));
    var colour =
        // Decodes PNG too, and unlike DecodeImage it can be told to use the exact cosine transform,
        // which gives the same pixels as Java's decoders in training.
        tf.image.decodeJpeg(
            file,
            DecodeJpeg.channels((long) COLOUR),
            DecodeJpeg.acceptableFraction(1f),
            DecodeJpeg.tryRecoverTruncated(false),
            DecodeJpeg.dctMethod("INTEGER_ACCURATE"));
    var image = Upright.of(tf, file, format.channels() == 1 ? grey(tf, colour) : colour);
    var one = preprocessing.apply(tf, tf.expandDims(image, tf.constant(0)));
    var pixels = tf.reshape(one, tf.array(format.height(), format.width(), format.channels()));
    return Signature.builder("decode").input("file", file).output("pixels", pixels).build();
  }

  /**
   * Grey by ITU-R BT.601, rounded, as in training: a decoder asked for one channel takes the JPEG
   * file's own brightness, which differs for saturated colours.
   *
   * @param colour [height, width, 3]
   * @return [height, width, 1]
   */
  private static Operand<TUint8> grey(Ops tf, Operand<TUint8> colour) {
    var weighted = tf.math.mul(tf.dtypes.cast(colour, TInt32.class), tf.array(299, 587, 114));
    var sum = tf.reduceSum(weighted, tf.array(2), ReduceSum.keepDims(true));
    var rounded = tf.math.floorDiv(tf.math.add(sum, tf.constant(500)), tf.constant(1000));
    return tf.dtypes.cast(rounded, TUint8.class);
  }

  private static Operand<TString> black(Ops tf, InputFormat format) {
    var png = Png.encode(new byte[format.channels()], 1, 1, format.channels());
    return tf.constant(StandardCharsets.ISO_8859_1, new String(png, StandardCharsets.ISO_8859_1));
  }
}
