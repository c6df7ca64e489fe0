package org.openmargin.exporter.encoded;

import org.openmargin.files.image.LevelRule;
import org.openmargin.serving.Reason;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.ReduceSum;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.TString;
import org.tensorflow.types.TUint8;

/**
 * A JPEG or PNG file in a graph. {@code EncodedImage} is its reference in Java: what one refuses,
 * the other does, with these exceptions, where the graph sees less and answers: damage that leaves
 * all markers in place and data to spare; a JPEG file that lacks less than its last MCU, or that is
 * progressive and lacks a part of its last scan, and is ended anew; wrong checksums of chunks of a
 * PNG file that hold no pixels.
 *
 * @param reason a code of {@link Reason}: []
 * @param image upright; a black pixel if it could not be decoded: [height, width, channels]
 */
public record FileDecoder(Operand<TString> reason, Operand<TUint8> image) {

  /**
   * @param file []
   * @param channels 1 or 3
   * @param levels for PNG files of 16 bits per sample
   */
  public static FileDecoder of(Ops tf, Operand<TString> file, int channels, LevelRule levels) {
    var bytes = new FileBytes(tf, file);
    var jpeg = bytes.begins(JpegHead.MAGIC);
    var image = tf.math.logicalOr(jpeg, bytes.begins(PngHead.MAGIC));
    var findings = Findings.of(tf, file, jpeg);
    var before = tf.select(image, findings.reason(), tf.constant(Reason.NOT_AN_IMAGE.code()));
    var decodable = tf.math.equal(before, tf.constant(Reason.OK.code()));
    var usable = tf.select(decodable, file, FileBytes.constant(tf, Filler.BLACK));
    var decoded =
        GuardedDecode.of(
            tf,
            new GuardedDecode.Request(
                usable,
                findings.open(),
                tf.math.logicalAnd(decodable, jpeg),
                tf.math.logicalAnd(decodable, findings.doubtful())),
            new PixelDecoder(levels));
    var reason =
        tf.select(
            tf.math.logicalAnd(decodable, tf.math.logicalNot(decoded.whole())),
            tf.constant(Reason.TRUNCATED.code()),
            before);
    var pixels = channels == 1 ? grey(tf, decoded.image()) : decoded.image();
    return new FileDecoder(reason, Upright.of(tf, usable, pixels));
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
}
