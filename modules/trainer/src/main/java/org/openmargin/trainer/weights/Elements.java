package org.openmargin.trainer.weights;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Little-endian elements of a file, as float32. */
enum Elements {
  F64(8),
  F32(4),
  F16(2),
  BF16(2);

  private final int bytes;

  Elements(int bytes) {
    this.bytes = bytes;
  }

  int bytes() {
    return bytes;
  }

  float[] values(byte[] little) {
    var buffer = ByteBuffer.wrap(little).order(ByteOrder.LITTLE_ENDIAN);
    var values = new float[little.length / bytes];
    for (var i = 0; i < values.length; i++) {
      values[i] =
          switch (this) {
            case F64 -> (float) buffer.getDouble();
            case F32 -> buffer.getFloat();
            case F16 -> half(buffer.getShort());
            case BF16 -> Float.intBitsToFloat(buffer.getShort() << 16);
          };
    }
    return values;
  }

  /** IEEE 754 binary16. */
  static float half(short bits) {
    var sign = (bits & 0x8000) << 16;
    var exponent = bits >> 10 & 0x1f;
    var fraction = bits & 0x3ff;
    if (exponent == 0) {
      var magnitude = fraction * 0x1p-24f;
      return sign == 0 ? magnitude : -magnitude;
    }
    var wide = exponent == 31 ? 0xff : exponent - 15 + 127;
    return Float.intBitsToFloat(sign | wide << 23 | fraction << 13);
  }
}
