package org.openmargin.data.tfrecord;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.openmargin.data.DataException;
import org.openmargin.files.FileErrors;
import org.openmargin.files.TfRecords;

/**
 * Reads the records of a TFRecord file one by one, as {@link TfRecords} frames them; both checksums
 * of each are checked.
 */
public final class RecordReader implements AutoCloseable {
  private static final int HEAD_BYTES = Long.BYTES + Integer.BYTES;

  private final Path file;
  private final InputStream in;
  private long left;
  private long records;

  /**
   * @throws DataException if the file cannot be opened
   */
  public RecordReader(Path file) {
    this.file = file;
    try {
      this.left = Files.size(file);
      this.in = new BufferedInputStream(Files.newInputStream(file), 1 << 16);
    } catch (IOException e) {
      throw new DataException("%s: cannot be read: %s".formatted(file, FileErrors.reason(e)), e);
    }
  }

  /**
   * The next record; empty at the end.
   *
   * @throws DataException if the file is damaged or cut off
   */
  public Optional<byte[]> next() {
    if (left == 0) {
      return Optional.empty();
    }
    records++;
    var head = ByteBuffer.wrap(read(HEAD_BYTES)).order(ByteOrder.LITTLE_ENDIAN);
    var length = new byte[Long.BYTES];
    head.get(0, length);
    var bytes = head.getLong(0);
    if (TfRecords.maskedCrc(length) != head.getInt(Long.BYTES)) {
      throw damaged(
          records == 1
              ? "no TFRecord file, or compressed, or damaged at its beginning"
              : "the checksum of its length is wrong");
    }
    if (bytes < 0 || bytes > Integer.MAX_VALUE - 8) {
      throw damaged("a record of %d bytes".formatted(bytes));
    }
    var payload = read((int) bytes);
    if (TfRecords.maskedCrc(payload)
        != ByteBuffer.wrap(read(Integer.BYTES)).order(ByteOrder.LITTLE_ENDIAN).getInt()) {
      throw damaged("its checksum is wrong");
    }
    return Optional.of(payload);
  }

  private byte[] read(int bytes) {
    if (bytes > left) {
      throw damaged("the file ends inside it");
    }
    try {
      var read = in.readNBytes(bytes);
      if (read.length < bytes) {
        throw damaged("the file ends inside it");
      }
      left -= bytes;
      return read;
    } catch (IOException e) {
      throw damaged(FileErrors.reason(e));
    }
  }

  /** A failure that names the record. */
  public DataException damaged(String why) {
    return new DataException("%s: record %d: %s".formatted(file, records, why));
  }

  @Override
  public void close() {
    try {
      in.close();
    } catch (IOException e) {
      throw new DataException("%s: %s".formatted(file, FileErrors.reason(e)), e);
    }
  }
}
