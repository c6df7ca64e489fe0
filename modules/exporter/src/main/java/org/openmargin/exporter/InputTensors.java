package org.openmargin.exporter;

import java.util.List;
import org.openmargin.serving.ModelContract;
import org.openmargin.serving.Reason;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt64;
import org.tensorflow.types.TString;
import org.tensorflow.types.TUint8;
import org.tensorflow.types.family.TType;

/**
 * What clients feed. Each is the default value of the next, so that the graph holds the network
 * only once: the files in the examples, the pixels in the files, the images of the network's size.
 *
 * @param examples [n], serialized {@code tf.train.Example}s
 * @param files [n], JPEG or PNG files
 * @param decoded the files
 * @param images [n, h, w, channels]
 * @param batch the images at the network's size, and how many there are
 * @param pixels [m, height, width, channels], 0 to 255, with m at least 1
 * @param threshold [n] or [1]
 * @param alpha [n] or [1]
 * @param classIndex [n] or [1]
 */
record InputTensors(
    Operand<TString> examples,
    Operand<TString> files,
    EncodedImages decoded,
    Operand<TUint8> images,
    NonEmptyBatch batch,
    Operand<TFloat32> pixels,
    Operand<TFloat32> threshold,
    Operand<TFloat32> alpha,
    Operand<TInt64> classIndex) {

  static InputTensors of(Ops tf, ExportRequest.Source source) {
    var format = source.network().input();
    var examples = fed(tf, ModelContract.INPUTS, TString.class);
    var files =
        tf.withName(ModelContract.IMAGE_BYTES)
            .placeholderWithDefault(encoded(tf, examples), Shape.of(-1));
    var preprocessing = new Preprocessing(format, source.centreCropPx(), source.levels());
    var decoded = EncodedImages.of(tf, files, preprocessing);
    var images =
        tf.withName(ModelContract.IMAGES)
            .placeholderWithDefault(decoded.pixels(), Shape.of(-1, -1, -1, format.channels()));
    var batch = NonEmptyBatch.of(tf, preprocessing.apply(tf, images), format);
    Operand<TFloat32> values = tf.dtypes.cast(batch.pixels(), TFloat32.class);
    var pixels =
        tf.withName(ModelContract.PIXELS)
            .placeholderWithDefault(
                values, Shape.of(-1, format.height(), format.width(), format.channels()));
    return new InputTensors(
        examples,
        files,
        decoded,
        images,
        batch,
        pixels,
        fed(tf, ModelContract.THRESHOLD, TFloat32.class),
        fed(tf, ModelContract.ALPHA, TFloat32.class),
        fed(tf, ModelContract.CLASS_INDEX, TInt64.class));
  }

  private static <T extends TType> Operand<T> fed(Ops tf, String name, Class<T> type) {
    return tf.withName(name).placeholder(type, Placeholder.shape(Shape.of(-1)));
  }

  /** The feature {@code image/encoded}; empty, which is no image, for an example without it. */
  private static Operand<TString> encoded(Ops tf, Operand<TString> examples) {
    Operand<TString> none = tf.fill(tf.array(0), tf.constant(""));
    var parsed =
        tf.io.parseExample(
            examples,
            none,
            none,
            tf.array(ModelContract.ENCODED_FEATURE),
            none,
            List.of(tf.constant("")),
            0L,
            List.of(),
            List.of(),
            List.of(),
            List.of(Shape.scalar()));
    return parsed.denseValues().get(0).asOutput().expect(TString.class);
  }

  /** Whether a file was decoded: [n]. */
  Operand<TBool> inputOk(Ops tf) {
    return tf.math.equal(decoded.reason(), tf.constant(Reason.OK.code()));
  }
}
