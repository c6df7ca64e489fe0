package org.openmargin.serving;

import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Map;
import java.util.Optional;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.TensorProto;

/** Compares tensors with recorded ones. */
public final class TensorComparison {
  /** Of the largest number; different processors sum in different orders. */
  private static final double TOLERANCE = 1e-4;

  private TensorComparison() {}

  /** The first difference, if there is one; floats may differ a little. */
  public static Optional<String> of(
      Map<String, TensorProto> actual, Map<String, TensorProto> recorded) {
    for (var name : recorded.keySet()) {
      var got = actual.get(name);
      var want = recorded.get(name);
      if (got == null || !got.getTensorShape().equals(want.getTensorShape())) {
        return Optional.of("output " + name + " is missing or has another shape");
      }
      if (!got.equals(want) && !close(got, want)) {
        return Optional.of("output " + name + " differs from the recorded one");
      }
    }
    return Optional.empty();
  }

  private static boolean close(TensorProto got, TensorProto want) {
    if (want.getDtype() != DataType.DT_FLOAT
        || got.getTensorContent().size() != want.getTensorContent().size()) {
      return false;
    }
    var a = floats(got);
    var b = floats(want);
    var largest = 0f;
    for (var i = 0; i < b.limit(); i++) {
      largest = Math.max(largest, Math.abs(b.get(i)));
    }
    while (a.hasRemaining()) {
      if (!(Math.abs(a.get() - b.get()) <= TOLERANCE * largest)) {
        return false;
      }
    }
    return true;
  }

  private static FloatBuffer floats(TensorProto tensor) {
    return tensor
        .getTensorContent()
        .asReadOnlyByteBuffer()
        .order(ByteOrder.LITTLE_ENDIAN)
        .asFloatBuffer();
  }
}
