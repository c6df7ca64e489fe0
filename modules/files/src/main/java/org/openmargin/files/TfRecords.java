package org.openmargin.files;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32C;

/**
 * TFRecord framing, used by TensorBoard event files and TensorFlow Serving's warm-up file: length
 * (uint64), masked CRC-32C of the length, payload, masked CRC-32C of the payload; little endian.
 */
public final class TfRecords {
  private TfRecords() {}

  public static void write(OutputStream out, byte[] payload) throws IOException {
    var length = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(payload.length);
    var record =
        ByteBuffer.allocate(payload.length + 16)
            .order(ByteOrder.LITTLE_ENDIAN)
            .put(length.array())
            .putInt(maskedCrc(length.array()))
            .put(payload)
            .putInt(maskedCrc(payload));
    out.write(record.array());
  }

  /** CRC-32C, rotated right by 15 bits, plus a constant. */
  public static int maskedCrc(byte[] bytes) {
    var crc = new CRC32C();
    crc.update(bytes);
    return masked(crc);
  }

  /** As {@link #maskedCrc}, of what was added to the checksum. */
  public static int masked(CRC32C crc) {
    var value = (int) crc.getValue();
    return Integer.rotateRight(value, 15) + 0xa282ead8;
  }
}
