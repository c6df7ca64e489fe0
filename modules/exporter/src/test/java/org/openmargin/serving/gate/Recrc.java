package org.openmargin.serving.gate;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.openmargin.files.TfRecords;

/** Changes a checksum in the index of a checkpoint, whose first block holds all entries. */
final class Recrc {
  private Recrc() {}

  static byte[] of(byte[] index, int from, int to) {
    var bytes = ByteBuffer.wrap(index.clone()).order(ByteOrder.LITTLE_ENDIAN);
    for (var i = 0; i + 4 <= index.length; i++) {
      if (bytes.getInt(i) == from) {
        bytes.putInt(i, to);
      }
    }
    var size = blockSize(index);
    bytes.putInt(size + 1, TfRecords.maskedCrc(Arrays.copyOf(bytes.array(), size + 1)));
    return bytes.array();
  }

  /** The block ends where its type, 0, and its checksum follow. */
  private static int blockSize(byte[] index) {
    var bytes = ByteBuffer.wrap(index).order(ByteOrder.LITTLE_ENDIAN);
    for (var size = 8; size + 5 < index.length; size++) {
      if (index[size] == 0
          && bytes.getInt(size + 1) == TfRecords.maskedCrc(Arrays.copyOf(index, size + 1))) {
        return size;
      }
    }
    throw new IllegalStateException("no block");
  }
}
