package org.openmargin.exporter.encoded;

import java.util.List;
import org.openmargin.serving.Reason;
import org.tensorflow.ConcreteFunction;
import org.tensorflow.Operand;
import org.tensorflow.Signature;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TString;
import org.tensorflow.types.family.TType;

/**
 * What the headers of a file say about decoding it; all [].
 *
 * @param reason a code of {@link Reason}
 * @param open a JPEG file without its end marker; empty for a PNG file
 * @param doubtful whether it has to be looked at twice, see {@link GuardedDecode}
 */
record Findings(Operand<TString> reason, Operand<TString> open, Operand<TBool> doubtful) {
  private static final List<Class<? extends TType>> TYPES =
      List.of(TString.class, TString.class, TBool.class);

  /**
   * @param file [], a JPEG file or, if it is one, a PNG file
   * @param jpeg []
   */
  static Findings of(Ops tf, Operand<TString> file, Operand<TBool> jpeg) {
    try (var yes = ConcreteFunction.create(inner -> branch(inner, true));
        var no = ConcreteFunction.create(inner -> branch(inner, false))) {
      var found = tf.statelessIf(jpeg, List.of(file), TYPES, yes, no).output();
      return new Findings(
          found.get(0).expect(TString.class),
          found.get(1).expect(TString.class),
          found.get(2).expect(TBool.class));
    }
  }

  /**
   * @param tooLarge claims more pixels than are decoded
   * @param otherKind of a kind that is not read, because decoders differ
   * @param broken cut off or damaged
   */
  static Operand<TString> reason(
      Ops tf, Operand<TBool> tooLarge, Operand<TBool> otherKind, Operand<TBool> broken) {
    var reason = tf.select(broken, code(tf, Reason.TRUNCATED), code(tf, Reason.OK));
    reason = tf.select(tooLarge, code(tf, Reason.TOO_LARGE), reason);
    return tf.select(otherKind, code(tf, Reason.NOT_AN_IMAGE), reason);
  }

  private static Operand<TString> code(Ops tf, Reason reason) {
    return tf.constant(reason.code());
  }

  private static Signature branch(Ops tf, boolean jpeg) {
    var file = tf.placeholder(TString.class, Placeholder.shape(Shape.scalar()));
    var findings = jpeg ? JpegData.findings(tf, file) : PngHead.findings(tf, file);
    return Signature.builder(jpeg ? "jpeg" : "png")
        .input("file", file)
        .output("reason", findings.reason())
        .output("open", findings.open())
        .output("doubtful", findings.doubtful())
        .build();
  }
}
