package org.openmargin.exporter.encoded;

import java.util.List;
import org.tensorflow.ConcreteFunction;
import org.tensorflow.Operand;
import org.tensorflow.Signature;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.TInt64;
import org.tensorflow.types.TString;
import org.tensorflow.types.TUint8;
import org.tensorflow.types.family.TType;

/**
 * Decodes a file and survives if that fails. TensorFlow's decoders stop the whole graph then; but
 * the elements of a data set that fail can be left out, so the file becomes a data set of one
 * element, followed by a black pixel, and the first element that is left is taken.
 *
 * <p>The decoder fills missing parts of a JPEG file that has an end marker with grey. A corner of
 * exactly that grey is therefore looked at twice: the second time with random data before the end
 * marker, which changes the picture if, and only if, there was something to fill in.
 *
 * @param image [height, width, 3]
 * @param whole whether the file could be decoded to its end: []
 */
record GuardedDecode(Operand<TUint8> image, Operand<TBool> whole) {
  private static final int COLOUR = PixelDecoder.COLOUR;
  private static final int GREY = 128;

  /** Random data give less than 16 bytes to a block of 64 samples, on the average. */
  private static final int SAMPLES_PER_BYTE = 4;

  private static final List<Class<? extends TType>> TYPES = List.of(TUint8.class, TBool.class);
  private static final List<Shape> SHAPES = List.of(Shape.of(-1, -1, COLOUR), Shape.scalar());

  /**
   * A file that may be decoded; all [].
   *
   * @param file JPEG or PNG
   * @param open a JPEG file without its end marker; anything for a PNG file
   * @param jpeg whether it is a JPEG file
   * @param doubtful whether to look twice in any case
   */
  record Request(
      Operand<TString> file, Operand<TString> open, Operand<TBool> jpeg, Operand<TBool> doubtful) {

    List<Operand<?>> operands() {
      return List.of(file, open, jpeg, doubtful);
    }
  }

  /**
   * @param pixels decodes what may be decoded
   */
  static GuardedDecode of(Ops tf, Request request, PixelDecoder pixels) {
    var scalars = List.of(Shape.scalar(), Shape.scalar(), Shape.scalar(), Shape.scalar());
    var files = tf.data.tensorDataset(request.operands(), scalars);
    Operand<TUint8> pixel = tf.zeros(tf.array(1, 1, COLOUR), TUint8.class);
    var instead = tf.data.tensorDataset(List.of(pixel, tf.constant(false)), SHAPES);
    try (var decode = ConcreteFunction.create(inner -> decoder(inner, pixels))) {
      var decoded = tf.data.mapDataset(files, List.of(), decode, TYPES, SHAPES);
      var survivors = tf.data.ignoreErrorsDataset(decoded, TYPES, SHAPES);
      var both = tf.data.concatenateDataset(survivors, instead, TYPES, SHAPES);
      Operand<TInt64> one = tf.constant(1L);
      var first = tf.data.takeDataset(both, one, TYPES, SHAPES);
      var element = tf.data.datasetToSingleElement(first, TYPES, SHAPES).components();
      return new GuardedDecode(
          element.get(0).expect(TUint8.class), element.get(1).expect(TBool.class));
    }
  }

  private static Signature decoder(Ops tf, PixelDecoder pixels) {
    var file = tf.placeholder(TString.class, Placeholder.shape(Shape.scalar()));
    var open = tf.placeholder(TString.class, Placeholder.shape(Shape.scalar()));
    var jpeg = tf.placeholder(TBool.class, Placeholder.shape(Shape.scalar()));
    var doubtful = tf.placeholder(TBool.class, Placeholder.shape(Shape.scalar()));
    var image = pixels.decode(tf, file);
    var asked = tf.math.logicalOr(doubtful, tf.math.logicalAnd(jpeg, greyCorner(tf, image)));
    var black = FileBytes.constant(tf, Filler.BLACK);
    var again = pixels.decode(tf, tf.select(asked, filled(tf, open, image, asked), black));
    var all = tf.select(asked, tf.array(-1, -1, -1), tf.array(1, 1, 1));
    var same =
        tf.reduceAll(
            tf.math.equal(tf.slice(image, tf.array(0, 0, 0), all), again), tf.array(0, 1, 2));
    return Signature.builder("decode")
        .input("file", file)
        .input("open", open)
        .input("jpeg", jpeg)
        .input("doubtful", doubtful)
        .output("image", image)
        .output("whole", tf.math.logicalOr(same, tf.math.logicalNot(asked)))
        .build();
  }

  /** Whether the last pixel is what a block without coefficients looks like: []. */
  private static Operand<TBool> greyCorner(Ops tf, Operand<TUint8> image) {
    var sides = tf.slice(tf.shape(image), tf.array(0), tf.array(2));
    var last = tf.concat(List.of(tf.math.sub(sides, tf.array(1, 1)), tf.array(0)), tf.constant(0));
    var pixel = tf.slice(image, last, tf.array(1, 1, COLOUR));
    return tf.reduceAll(tf.math.equal(pixel, tf.constant((byte) GREY)), tf.array(0, 1, 2));
  }

  /** The file with enough random data for all of its blocks before the end marker. */
  private static Operand<TString> filled(
      Ops tf, Operand<TString> open, Operand<TUint8> image, Operand<TBool> asked) {
    var bytes = tf.math.floorDiv(tf.size(image), tf.constant(SAMPLES_PER_BYTE));
    var chunks =
        tf.math.mul(
            tf.math.add(tf.math.floorDiv(bytes, tf.constant(Filler.DATA.length())), tf.constant(1)),
            tf.dtypes.cast(asked, TInt32.class));
    var data =
        tf.strings.reduceJoin(
            tf.fill(tf.reshape(chunks, tf.array(1)), FileBytes.constant(tf, Filler.DATA)),
            tf.constant(0));
    return tf.strings.join(List.of(open, data, FileBytes.constant(tf, "\u00ff\u00d9")));
  }
}
