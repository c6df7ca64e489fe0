package org.openmargin.exporter;

import java.util.List;
import org.openmargin.exporter.encoded.FileDecoder;
import org.tensorflow.ConcreteFunction;
import org.tensorflow.Operand;
import org.tensorflow.Signature;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TString;
import org.tensorflow.types.TUint8;

/**
 * JPEG and PNG files as input. A file that cannot be used is replaced by a black image and reported
 * by {@code reason}, so that one client's mistake does not fail the batch; see {@link FileDecoder}.
 *
 * @param reason [n], a code of {@link org.openmargin.serving.Reason}
 * @param pixels [n, height, width, channels], decoded, cropped and resized
 */
record EncodedImages(Operand<TString> reason, Operand<TUint8> pixels) {

  /**
   * @param files [n], contents of files
   */
  static EncodedImages of(Ops tf, Operand<TString> files, Preprocessing preprocessing) {
    var format = preprocessing.input();
    var shape = Shape.of(format.height(), format.width(), format.channels());
    // The graph copies the function's definition, so it may be closed at once.
    try (var decode = ConcreteFunction.create(inner -> decoder(inner, preprocessing))) {
      var map =
          tf.mapDefun(
              List.of(files),
              List.of(),
              List.of(TString.class, TUint8.class),
              List.of(Shape.scalar(), shape),
              decode);
      return new EncodedImages(
          map.output().get(0).expect(TString.class), map.output().get(1).expect(TUint8.class));
    }
  }

  private static Signature decoder(Ops tf, Preprocessing preprocessing) {
    var format = preprocessing.input();
    var file = tf.placeholder(TString.class, Placeholder.shape(Shape.scalar()));
    var decoded = FileDecoder.of(tf, file, format.channels(), preprocessing.levels());
    var one = preprocessing.apply(tf, tf.expandDims(decoded.image(), tf.constant(0)));
    var pixels = tf.reshape(one, tf.array(format.height(), format.width(), format.channels()));
    return Signature.builder("decode")
        .input("file", file)
        .output("reason", decoded.reason())
        .output("pixels", pixels)
        .build();
  }
}
