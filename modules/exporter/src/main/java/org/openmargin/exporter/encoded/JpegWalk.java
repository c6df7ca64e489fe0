package org.openmargin.exporter.encoded;

import java.util.List;
import org.openmargin.files.image.EncodedImage;
import org.tensorflow.ConcreteFunction;
import org.tensorflow.Operand;
import org.tensorflow.Signature;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.TString;

/**
 * Walks over the segments of a JPEG file (ITU-T T.81, B.1.1.4) to its first scan; all [].
 *
 * @param frame position of the code of the frame header's marker; 0 if there is none
 * @param restart position of the code of the marker that sets the restart interval; 0 for none
 * @param scan position of the code of the first scan's marker; 0 if there is none
 */
record JpegWalk(Operand<TInt32> frame, Operand<TInt32> restart, Operand<TInt32> scan) {
  private static final int FILL = 0xff;
  private static final List<Integer> NO_FRAMES = List.of(0xc4, 0xc8, 0xcc);

  /**
   * @param file []
   */
  static JpegWalk of(Ops tf, Operand<TString> file) {
    var zero = tf.constant(0);
    try (var more = ConcreteFunction.create(JpegWalk::more);
        var step = ConcreteFunction.create(JpegWalk::step)) {
      var walk =
          tf.statelessWhile(List.of(file, tf.constant(2), zero, zero, zero, zero), more, step)
              .output();
      return new JpegWalk(
          walk.get(2).expect(TInt32.class),
          walk.get(3).expect(TInt32.class),
          walk.get(4).expect(TInt32.class));
    }
  }

  /**
   * The state of the walk.
   *
   * @param at where a marker is expected; -1 if there was none
   * @param steps taken
   */
  private record State(
      Operand<TString> file,
      Operand<TInt32> at,
      Operand<TInt32> frame,
      Operand<TInt32> restart,
      Operand<TInt32> scan,
      Operand<TInt32> steps) {

    static State of(Ops tf) {
      return new State(
          tf.placeholder(TString.class, Placeholder.shape(Shape.scalar())),
          number(tf),
          number(tf),
          number(tf),
          number(tf),
          number(tf));
    }

    private static Operand<TInt32> number(Ops tf) {
      return tf.placeholder(TInt32.class, Placeholder.shape(Shape.scalar()));
    }

    Signature.Builder inputs(String key) {
      return Signature.builder(key)
          .input("file", file)
          .input("at", at)
          .input("frame", frame)
          .input("restart", restart)
          .input("scan", scan)
          .input("steps", steps);
    }
  }

  private static Signature more(Ops tf) {
    var state = State.of(tf);
    var seeking =
        tf.math.logicalAnd(
            tf.math.equal(state.scan(), tf.constant(0)),
            tf.math.greater(state.at(), tf.constant(0)));
    var few = tf.math.less(state.steps(), tf.constant(EncodedImage.MOST_SEGMENTS));
    return state.inputs("more").output("more", tf.math.logicalAnd(seeking, few)).build();
  }

  private static Signature step(Ops tf) {
    var state = State.of(tf);
    var bytes = new FileBytes(tf, state.file()).numbers(state.at(), 4);
    var code = FileBytes.at(tf, bytes, 1);
    var fill = is(tf, code, FILL);
    var length = FileBytes.word(tf, bytes, 2);
    var next = tf.math.add(state.at(), tf.select(fill, tf.constant(1), plusMarker(tf, length)));
    var segment =
        tf.math.logicalAnd(
            tf.math.logicalAnd(
                is(tf, FileBytes.at(tf, bytes, 0), FILL),
                tf.math.logicalNot(withoutLength(tf, code))),
            tf.math.logicalOr(fill, tf.math.greaterEqual(length, tf.constant(2))));
    var here = tf.math.add(state.at(), tf.constant(1));
    return state
        .inputs("step")
        .output("file", tf.identity(state.file()))
        .output("at", tf.select(segment, next, tf.constant(-1)))
        .output("frame", tf.select(isFrame(tf, code), here, state.frame()))
        .output("restart", tf.select(is(tf, code, 0xdd), here, state.restart()))
        .output("scan", tf.select(is(tf, code, 0xda), here, state.scan()))
        .output("steps", tf.math.add(state.steps(), tf.constant(1)))
        .build();
  }

  private static Operand<TInt32> plusMarker(Ops tf, Operand<TInt32> length) {
    return tf.math.add(length, tf.constant(2));
  }

  /** A zero, a restart marker, the start or the end of an image. */
  private static Operand<TBool> withoutLength(Ops tf, Operand<TInt32> code) {
    var restart = tf.math.equal(tf.math.floorDiv(code, tf.constant(8)), tf.constant(0xd0 / 8));
    var image = tf.math.logicalOr(is(tf, code, 0xd8), is(tf, code, 0xd9));
    return tf.math.logicalOr(tf.math.logicalOr(is(tf, code, 0), restart), image);
  }

  private static Operand<TBool> isFrame(Ops tf, Operand<TInt32> code) {
    Operand<TBool> frame =
        tf.math.equal(tf.math.floorDiv(code, tf.constant(16)), tf.constant(0xc0 / 16));
    for (var other : NO_FRAMES) {
      frame = tf.math.logicalAnd(frame, tf.math.notEqual(code, tf.constant(other)));
    }
    return frame;
  }

  private static Operand<TBool> is(Ops tf, Operand<TInt32> code, int marker) {
    return tf.math.equal(code, tf.constant(marker));
  }
}
