package org.openmargin.exporter.encoded;

import org.openmargin.files.image.ImageFileException;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TInt64;
import org.tensorflow.types.TString;

/** What the first chunk of a PNG file says, and whether the last one is there. */
final class PngHead {
  static final String MAGIC = "\u0089PNG\r\n\u001a\n";
  private static final String FIRST = "\0\0\0\rIHDR";
  private static final String LAST = "IEND\u00aeB`\u0082";

  private PngHead() {}

  /**
   * @param file [], begins with {@link #MAGIC}
   */
  static Findings findings(Ops tf, Operand<TString> file) {
    var bytes = new FileBytes(tf, file);
    var first = new FileBytes(tf, bytes.part(tf.constant(MAGIC.length()), tf.constant(8)));
    var sizes = bytes.numbers(tf.constant(MAGIC.length() + FIRST.length()), 8);
    var width = FileBytes.longWord(tf, sizes, 0);
    var height = FileBytes.longWord(tf, sizes, 4);
    var ended = tf.math.equal(FileBytes.count(tf, bytes.split(LAST)), tf.constant(2));
    var whole = tf.math.logicalAnd(first.begins(FIRST), ended);
    var no = tf.constant(false);
    var reason = Findings.reason(tf, tooLarge(tf, width, height), no, tf.math.logicalNot(whole));
    return new Findings(reason, tf.constant(""), no);
  }

  /** Whether it is a PNG file with samples of 16 bits: []. */
  static Operand<TBool> sixteenBits(Ops tf, Operand<TString> file) {
    var bytes = new FileBytes(tf, file);
    var bits = bytes.numbers(tf.constant(MAGIC.length() + FIRST.length() + 8), 1);
    return tf.math.logicalAnd(
        bytes.begins(MAGIC), tf.math.equal(FileBytes.at(tf, bits, 0), tf.constant(16)));
  }

  /** Of sides below 2^32; their product may overflow, so the quotient is compared. */
  static Operand<TBool> tooLarge(Ops tf, Operand<TInt64> width, Operand<TInt64> height) {
    var most = tf.constant(ImageFileException.MAX_PIXELS);
    return tf.math.greater(width, tf.math.floorDiv(most, tf.math.maximum(height, tf.constant(1L))));
  }
}
