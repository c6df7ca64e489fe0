package org.openmargin.serving;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.openmargin.files.FileErrors;
import org.openmargin.files.TfRecords;

/** Reads {@code tf_serving_warmup_requests} back: TFRecord framing, see {@link TfRecords}. */
public final class WarmUpFile {
  private static final int FRAME = 16;

  private WarmUpFile() {}

  /**
   * @throws ModelException if a checksum is wrong or the file is cut off
   */
  public static List<WarmUp> read(Path file) {
    try {
      var bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
      var records = new ArrayList<WarmUp>();
      while (bytes.hasRemaining()) {
        records.add(WarmUp.decode(next(file, bytes, records.size())));
      }
      return records;
    } catch (IOException e) {
      throw new ModelException(file + " cannot be read: " + FileErrors.reason(e), e);
    }
  }

  private static byte[] next(Path file, ByteBuffer bytes, int number) {
    if (bytes.remaining() < FRAME) {
      throw damaged(file, number);
    }
    var length = take(bytes, Long.BYTES);
    var size = ByteBuffer.wrap(length).order(ByteOrder.LITTLE_ENDIAN).getLong();
    if (bytes.getInt() != TfRecords.maskedCrc(length) || size > bytes.remaining() - Integer.BYTES) {
      throw damaged(file, number);
    }
    var payload = take(bytes, (int) size);
    if (bytes.getInt() != TfRecords.maskedCrc(payload)) {
      throw damaged(file, number);
    }
    return payload;
  }

  private static byte[] take(ByteBuffer bytes, int count) {
    var taken = new byte[count];
    bytes.get(taken);
    return taken;
  }

  private static ModelException damaged(Path file, int number) {
    return new ModelException("%s: record %d is damaged or cut off".formatted(file, number + 1));
  }
}
