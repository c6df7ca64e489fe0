package org.openmargin.exporter.encoded;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.strings.StringSplit;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.TInt64;
import org.tensorflow.types.TString;
import org.tensorflow.types.TUint8;

/**
 * The bytes of a file in a graph; zeros follow its end.
 *
 * @param text [], the file
 */
record FileBytes(Ops tf, Operand<TString> text) {

  /** A constant with these bytes, written as Latin-1. */
  static Operand<TString> constant(Ops tf, String latin1) {
    return tf.constant(StandardCharsets.ISO_8859_1, latin1);
  }

  Operand<TInt32> length() {
    return tf.strings.stringLength(text);
  }

  Operand<TBool> begins(String latin1) {
    return tf.math.equal(
        tf.strings.substr(text, tf.constant(0), tf.constant(latin1.length())),
        constant(tf, latin1));
  }

  /** From a position to the end, or as many bytes as there are: []. */
  Operand<TString> part(Operand<TInt32> from, Operand<TInt32> count) {
    var start = tf.math.minimum(tf.math.maximum(from, tf.constant(0)), length());
    return tf.strings.substr(text, start, count);
  }

  /** Bytes as numbers 0..255: [count]. */
  Operand<TInt32> numbers(Operand<TInt32> from, int count) {
    var padded =
        tf.strings.join(List.of(part(from, tf.constant(count)), constant(tf, "\0".repeat(count))));
    var exact = tf.strings.substr(padded, tf.constant(0), tf.constant(count));
    return tf.dtypes.cast(tf.io.decodeRaw(exact, TUint8.class), TInt32.class);
  }

  /** The text before the first occurrence of a mark and, if there is one, after it: [1] or [2]. */
  Operand<TString> split(String latin1) {
    return pieces(latin1, StringSplit.maxsplit(1L));
  }

  /** The text between the occurrences of a mark, at least one: [pieces]. */
  Operand<TString> pieces(String latin1, StringSplit.Options... options) {
    return tf.strings
        .stringSplit(tf.reshape(text, tf.array(1)), constant(tf, latin1), options)
        .values();
  }

  /** One element of a vector: []. */
  static Operand<TInt32> at(Ops tf, Operand<TInt32> numbers, int index) {
    return tf.gather(numbers, tf.constant(index), tf.constant(0));
  }

  /** Two bytes, the larger one first: []. */
  static Operand<TInt32> word(Ops tf, Operand<TInt32> numbers, int index) {
    return tf.math.add(
        tf.math.mul(at(tf, numbers, index), tf.constant(256)), at(tf, numbers, index + 1));
  }

  /** Four bytes, the largest one first: []. */
  static Operand<TInt64> longWord(Ops tf, Operand<TInt32> numbers, int index) {
    var high = tf.dtypes.cast(word(tf, numbers, index), TInt64.class);
    var low = tf.dtypes.cast(word(tf, numbers, index + 2), TInt64.class);
    return tf.math.add(tf.math.mul(high, tf.constant(65_536L)), low);
  }

  /** The number of elements: []. */
  static Operand<TInt32> count(Ops tf, Operand<TString> vector) {
    return tf.size(vector);
  }
}
