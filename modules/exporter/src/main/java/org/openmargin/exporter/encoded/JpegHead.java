package org.openmargin.exporter.encoded;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.TInt64;
import org.tensorflow.types.TString;

/**
 * The frame of a JPEG file and the header of its first scan (ITU-T T.81, B.2.2 and B.2.3).
 *
 * @param frame code, length, bits per sample, height, width, number of components, then three
 *     numbers of each: [18]
 * @param scan code, length, number of components, ...: [5]
 * @param restart code, length, MCUs between restart markers; zeros without such a segment: [5]
 * @param walk where they are
 * @param dataFrom where the first scan's data begin: []
 */
record JpegHead(
    Ops tf,
    Operand<TInt32> frame,
    Operand<TInt32> scan,
    Operand<TInt32> restart,
    JpegWalk walk,
    Operand<TInt32> dataFrom) {
  static final String MAGIC = "\u00ff\u00d8\u00ff";
  private static final int FRAME_BYTES = 17;
  private static final int PROGRESSIVE = 0xc2;
  private static final int COMPONENTS = 7;

  static JpegHead of(Ops tf, Operand<TString> file) {
    var walk = JpegWalk.of(tf, file);
    var bytes = new FileBytes(tf, file);
    var scan = bytes.numbers(walk.scan(), 5);
    return new JpegHead(
        tf,
        bytes.numbers(walk.frame(), FRAME_BYTES),
        scan,
        tf.math.mul(
            bytes.numbers(walk.restart(), 5),
            tf.dtypes.cast(tf.math.greater(walk.restart(), tf.constant(0)), TInt32.class)),
        walk,
        tf.math.add(tf.math.add(walk.scan(), tf.constant(1)), FileBytes.word(tf, scan, 1)));
  }

  Operand<TInt32> width() {
    return FileBytes.word(tf, frame, 6);
  }

  Operand<TInt32> height() {
    return FileBytes.word(tf, frame, 4);
  }

  Operand<TInt32> components() {
    return FileBytes.at(tf, frame, COMPONENTS + 1);
  }

  /** Names of up to three components: [3]. */
  Operand<TInt32> names() {
    return tf.gather(frame, tf.array(9, 12, 15), tf.constant(0));
  }

  /** Whether one scan does not hold it all: []. */
  Operand<TBool> severalScans() {
    return tf.math.logicalOr(progressive(), tf.math.less(FileBytes.at(tf, scan, 3), components()));
  }

  Operand<TBool> progressive() {
    return tf.math.equal(FileBytes.at(tf, frame, 0), tf.constant(PROGRESSIVE));
  }

  /** Whether there is a frame and a scan, and they describe an image: []. */
  Operand<TBool> possible() {
    var found = tf.math.logicalAnd(positive(walk.frame()), positive(walk.scan()));
    var sized = tf.math.logicalAnd(positive(width()), positive(height()));
    var count = components();
    var planes =
        tf.math.logicalOr(
            tf.math.equal(count, tf.constant(1)), tf.math.equal(count, tf.constant(3)));
    return tf.math.logicalAnd(tf.math.logicalAnd(found, sized), planes);
  }

  /** Lossless, hierarchical, arithmetic-coded, not of 8 bits, or of four colours: []. */
  Operand<TBool> otherKind() {
    var code = FileBytes.at(tf, frame, 0);
    var kind =
        tf.math.logicalAnd(
            tf.math.greater(code, tf.constant(PROGRESSIVE)), tf.math.less(code, tf.constant(0xd0)));
    var precision = FileBytes.at(tf, frame, 3);
    var bits = tf.math.logicalAnd(positive(precision), tf.math.notEqual(precision, tf.constant(8)));
    var colours = tf.math.equal(components(), tf.constant(4));
    return tf.math.logicalAnd(
        positive(walk.frame()), tf.math.logicalOr(kind, tf.math.logicalOr(bits, colours)));
  }

  Operand<TBool> tooLarge() {
    return tf.math.logicalAnd(
        positive(walk.frame()),
        PngHead.tooLarge(
            tf, tf.dtypes.cast(width(), TInt64.class), tf.dtypes.cast(height(), TInt64.class)));
  }

  /** MCUs between restart markers; 0 for none: []. */
  Operand<TInt32> restartInterval() {
    return FileBytes.word(tf, restart, 3);
  }

  /** MCUs of a scan of all components: []. */
  Operand<TInt32> mcus() {
    var grey = tf.math.equal(components(), tf.constant(1));
    var sampling = tf.gather(frame, tf.array(10, 13, 16), tf.constant(0));
    var across = tf.reduceMax(tf.math.floorDiv(sampling, tf.constant(16)), tf.array(0));
    var down = tf.reduceMax(tf.math.floorMod(sampling, tf.constant(16)), tf.array(0));
    var one = tf.constant(1);
    return tf.math.mul(
        units(width(), tf.select(grey, one, across)), units(height(), tf.select(grey, one, down)));
  }

  /** How many times 8 {@code factor} pixels, rounded up. */
  private Operand<TInt32> units(Operand<TInt32> pixels, Operand<TInt32> factor) {
    var unit = tf.math.mul(tf.constant(8), tf.math.maximum(factor, tf.constant(1)));
    return tf.math.floorDiv(tf.math.add(pixels, tf.math.sub(unit, tf.constant(1))), unit);
  }

  private Operand<TBool> positive(Operand<TInt32> number) {
    return tf.math.greater(number, tf.constant(0));
  }
}
