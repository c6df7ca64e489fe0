package org.openmargin.exporter.encoded;

import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.ReduceSum;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.TString;
import org.tensorflow.types.TUint8;

/**
 * What lies between the header of the first scan and the end marker of a JPEG file.
 *
 * @param data [], of all scans
 * @param ended whether there is an end marker: []
 */
record JpegData(Ops tf, JpegHead head, Operand<TString> data, Operand<TBool> ended) {
  private static final String END = "\u00ff\u00d9";
  private static final String SCAN = "\u00ff\u00da";
  private static final int COEFFICIENTS = 64;
  private static final int SCAN_BYTES = 12;

  /**
   * @param file [], begins with {@link JpegHead#MAGIC}
   */
  static Findings findings(Ops tf, Operand<TString> file) {
    var head = JpegHead.of(tf, file);
    var data = of(tf, head, file);
    var broken = tf.math.logicalNot(tf.math.logicalAnd(head.possible(), data.whole(file)));
    var length = tf.math.add(head.dataFrom(), tf.strings.stringLength(data.data()));
    var sequential =
        tf.math.logicalAnd(head.severalScans(), tf.math.logicalNot(head.progressive()));
    return new Findings(
        Findings.reason(tf, head.tooLarge(), head.otherKind(), broken),
        new FileBytes(tf, file).part(tf.constant(0), length),
        sequential);
  }

  private static JpegData of(Ops tf, JpegHead head, Operand<TString> file) {
    var bytes = new FileBytes(tf, file);
    var rest = new FileBytes(tf, bytes.part(head.dataFrom(), bytes.length())).split(END);
    return new JpegData(
        tf,
        head,
        tf.gather(rest, tf.constant(0), tf.constant(0)),
        tf.math.equal(FileBytes.count(tf, rest), tf.constant(2)));
  }

  /** Whether nothing is seen to be missing: []. */
  Operand<TBool> whole(Operand<TString> file) {
    var several = head.severalScans();
    var scans = tf.math.logicalOr(tf.math.logicalNot(several), allScans(file));
    var restarts = tf.math.logicalOr(several, allRestarts());
    return tf.math.logicalAnd(ended, tf.math.logicalAnd(scans, restarts));
  }

  /**
   * Whether every coefficient of every component is given to its last bit by some scan; a file that
   * is cut off between scans and ended anew lacks some.
   */
  private Operand<TBool> allScans(Operand<TString> file) {
    var from = tf.math.add(head.walk().scan(), tf.constant(1));
    var header = new FileBytes(tf, file).part(from, tf.math.sub(head.dataFrom(), from));
    var texts = new FileBytes(tf, tf.strings.join(List.of(header, data))).pieces(SCAN);
    var padded = tf.strings.join(List.of(texts, FileBytes.constant(tf, "\0".repeat(SCAN_BYTES))));
    var heads = tf.strings.substr(padded, tf.constant(0), tf.constant(SCAN_BYTES));
    var scans = tf.dtypes.cast(tf.io.decodeRaw(heads, TUint8.class), TInt32.class);
    return tf.reduceAll(tf.math.logicalOr(given(scans), isNoComponent()), tf.array(0, 1));
  }

  /**
   * Which coefficients of which components the last bits are there of: [3, 64].
   *
   * @param scans length, number of components, name and tables of each, first and last coefficient,
   *     bits: [scans, 12]
   */
  private Operand<TBool> given(Operand<TInt32> scans) {
    var count = column(scans, tf.constant(2));
    var first = tf.math.add(tf.constant(3), tf.math.mul(tf.constant(2), count));
    Operand<TBool> named = tf.constant(new boolean[1][3]);
    for (var i = 0; i < 3; i++) {
      var here = tf.math.greater(count, tf.constant(i));
      var same =
          tf.math.equal(
              column(scans, tf.constant(3 + 2 * i)), tf.expandDims(head.names(), tf.constant(0)));
      named = tf.math.logicalOr(named, tf.math.logicalAnd(same, here));
    }
    var k = tf.range(tf.constant(0), tf.constant(COEFFICIENTS), tf.constant(1));
    var band =
        tf.math.logicalAnd(
            tf.math.greaterEqual(k, column(scans, first)),
            tf.math.lessEqual(k, column(scans, tf.math.add(first, tf.constant(1)))));
    var bits = column(scans, tf.math.add(first, tf.constant(2)));
    var last = tf.math.equal(tf.math.floorMod(bits, tf.constant(16)), tf.constant(0));
    var each =
        tf.math.logicalAnd(
            tf.expandDims(named, tf.constant(2)),
            tf.expandDims(tf.math.logicalAnd(band, last), tf.constant(1)));
    return tf.reduceAny(each, tf.array(0));
  }

  /** One number of each scan: [scans, 1]. */
  private Operand<TInt32> column(Operand<TInt32> scans, Operand<TInt32> index) {
    var numbers = tf.range(tf.constant(0), tf.constant(SCAN_BYTES), tf.constant(1));
    var chosen = tf.dtypes.cast(tf.math.equal(numbers, index), TInt32.class);
    return tf.reduceSum(tf.math.mul(scans, chosen), tf.array(1), ReduceSum.keepDims(true));
  }

  /** [3, 1]. */
  private Operand<TBool> isNoComponent() {
    return tf.math.greaterEqual(tf.constant(new int[][] {{0}, {1}, {2}}), head.components());
  }

  /** Whether one scan holds as many restart markers as its MCUs need. */
  private Operand<TBool> allRestarts() {
    var interval = head.restartInterval();
    var asked = tf.math.greater(interval, tf.constant(0));
    var searched =
        tf.strings.join(
            List.of(tf.select(asked, data, tf.constant("")), FileBytes.constant(tf, "\0\0")));
    var bytes = tf.io.decodeRaw(searched, TUint8.class);
    var before = tf.slice(bytes, tf.array(0), tf.math.sub(tf.shape(bytes), tf.array(1)));
    var after = tf.slice(bytes, tf.array(1), tf.array(-1));
    var marker =
        tf.math.logicalAnd(
            tf.math.equal(before, tf.constant((byte) 0xff)),
            tf.math.equal(
                tf.bitwise.bitwiseAnd(after, tf.constant((byte) 0xf8)), tf.constant((byte) 0xd0)));
    var found = tf.reduceSum(tf.dtypes.cast(marker, TInt32.class), tf.array(0));
    var needed =
        tf.math.floorDiv(
            tf.math.sub(head.mcus(), tf.constant(1)), tf.math.maximum(interval, tf.constant(1)));
    return tf.math.logicalOr(tf.math.logicalNot(asked), tf.math.equal(found, needed));
  }
}
