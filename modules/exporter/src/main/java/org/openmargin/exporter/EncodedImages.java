package org.openmargin.exporter;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.openmargin.nn.InputFormat;
import org.tensorflow.ConcreteFunction;
import org.tensorflow.Operand;
import org.tensorflow.Signature;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.op.image.DecodeJpeg;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TString;
import org.tensorflow.types.TUint8;

/**
 * JPEG and PNG files as input. A file that does not start like one of the two is replaced by a
 * black image and reported by {@code ok}, so that one client's mistake does not fail the batch.
 *
 * <p>A file that starts right but is cut off or damaged later still fails its request: silently
 * decoding part of a medical image would be worse. EXIF orientation is ignored.
 *
 * @param ok [n], whether the file starts like a JPEG or PNG
 * @param pixels [n, height, width, channels], decoded, cropped and resized
 */
record EncodedImages(Operand<TBool> ok, Operand<TUint8> pixels) {
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
      return new EncodedImages(ok, map.output().get(0).expect(TUint8.class));
    }
  }

  private static Operand<TBool> begins(Ops tf, Operand<TString> files, String magic) {
    var head = tf.strings.substr(files, tf.constant(0), tf.constant(magic.length()));
    return tf.math.equal(head, tf.constant(StandardCharsets.ISO_8859_1, magic));
  }

  private static Signature decoder(Ops tf, Preprocessing preprocessing) {
    var format = preprocessing.input();
    var file = tf.placeholder(TString.class, Placeholder.shape(Shape.scalar()));
    var image =
        // Decodes PNG too, and unlike DecodeImage it can be told to use the exact cosine transform,
        // which gives the same pixels as Java's decoders in training.
        tf.image.decodeJpeg(
            file,
            DecodeJpeg.channels((long) format.channels()),
            DecodeJpeg.dctMethod("INTEGER_ACCURATE"));
    var one = preprocessing.apply(tf, tf.expandDims(image, tf.constant(0)));
    var pixels = tf.reshape(one, tf.array(format.height(), format.width(), format.channels()));
    return Signature.builder("decode").input("file", file).output("pixels", pixels).build();
  }

  private static Operand<TString> black(Ops tf, InputFormat format) {
    var png = Png.encode(new byte[format.channels()], 1, 1, format.channels());
    return tf.constant(StandardCharsets.ISO_8859_1, new String(png, StandardCharsets.ISO_8859_1));
  }
}
