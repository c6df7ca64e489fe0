package org.openmargin.data.source;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.OptionalLong;
import org.openmargin.data.pixels.FilePixels;

/**
 * Where the bytes of uncompressed files lie in a zip archive, which {@link java.util.zip.ZipFile}
 * does not tell (PKWARE, APPNOTE 6.3.10, sections 4.3.7, 4.3.12 to 4.3.16 and 4.5.3).
 */
final class ZipOffsets {

  private static final int END = 0x06054b50;
  private static final int END_BYTES = 22;
  private static final int MAX_COMMENT_BYTES = 1 << 16;
  private static final int LOCATOR = 0x07064b50;
  private static final int LOCATOR_BYTES = 20;
  private static final int END64_BYTES = 56;
  private static final int ENTRY = 0x02014b50;
  private static final int ENTRY_BYTES = 46;
  private static final int LOCAL = 0x04034b50;
  private static final int LOCAL_BYTES = 30;
  private static final int STORED = 0;
  private static final int ZIP64_FIELD = 1;

  private final FileChannel channel;

  private ZipOffsets(FileChannel channel) {
    this.channel = channel;
  }

  /**
   * Where a file begins in an archive.
   *
   * @param name of the file inside the archive
   * @return empty if it is compressed, or the archive's directory is not as it should be
   */
  static OptionalLong ofStored(Path archive, String name) {
    try (FileChannel channel = FileChannel.open(archive, StandardOpenOption.READ)) {
      return new ZipOffsets(channel).of(name.getBytes(StandardCharsets.UTF_8));
    } catch (IOException
        | ArithmeticException
        | IllegalArgumentException
        | IndexOutOfBoundsException e) {
      return OptionalLong.empty();
    }
  }

  private OptionalLong of(byte[] name) throws IOException {
    ByteBuffer directory = directory();
    int at = 0;
    while (at + ENTRY_BYTES <= directory.limit() && directory.getInt(at) == ENTRY) {
      int nameBytes = unsigned(directory, at + 28);
      int extraBytes = unsigned(directory, at + 30);
      int extra = at + ENTRY_BYTES + nameBytes;
      if (directory.slice(at + ENTRY_BYTES, nameBytes).equals(ByteBuffer.wrap(name))) {
        boolean stored = unsigned(directory, at + 10) == STORED;
        return stored
            ? begin(localHeader(directory, at, directory.slice(extra, extraBytes)))
            : OptionalLong.empty();
      }
      at = extra + extraBytes + unsigned(directory, at + 32);
    }
    return OptionalLong.empty();
  }

  private ByteBuffer directory() throws IOException {
    long size = channel.size();
    int tail = (int) Math.min(size, END_BYTES + MAX_COMMENT_BYTES);
    ByteBuffer last = read(size - tail, tail);
    int end = tail - END_BYTES;
    while (last.getInt(end) != END) {
      end--;
    }
    long bytes = Integer.toUnsignedLong(last.getInt(end + 12));
    long offset = Integer.toUnsignedLong(last.getInt(end + 16));
    if (end >= LOCATOR_BYTES && last.getInt(end - LOCATOR_BYTES) == LOCATOR) {
      ByteBuffer end64 = read(last.getLong(end - LOCATOR_BYTES + 8), END64_BYTES);
      bytes = end64.getLong(40);
      offset = end64.getLong(48);
    }
    return read(offset, Math.toIntExact(bytes));
  }

  /** The 32-bit field, or where it is full the one of 64 bits: after those of the sizes. */
  private static long localHeader(ByteBuffer directory, int at, ByteBuffer extra) {
    int offset = directory.getInt(at + 42);
    if (offset != -1) {
      return Integer.toUnsignedLong(offset);
    }
    extra.order(ByteOrder.LITTLE_ENDIAN);
    int field = 0;
    while (unsigned(extra, field) != ZIP64_FIELD) {
      field += 4 + unsigned(extra, field + 2);
    }
    int sizes = directory.getInt(at + 24) == -1 ? Long.BYTES : 0;
    sizes += directory.getInt(at + 20) == -1 ? Long.BYTES : 0;
    return extra.getLong(field + 4 + sizes);
  }

  private OptionalLong begin(long localHeader) throws IOException {
    ByteBuffer local = read(localHeader, LOCAL_BYTES);
    return local.getInt(0) == LOCAL
        ? OptionalLong.of(localHeader + LOCAL_BYTES + unsigned(local, 26) + unsigned(local, 28))
        : OptionalLong.empty();
  }

  private static int unsigned(ByteBuffer bytes, int at) {
    return Short.toUnsignedInt(bytes.getShort(at));
  }

  private ByteBuffer read(long position, int length) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
    FilePixels.readFully(channel, position, bytes);
    return bytes.flip();
  }
}
