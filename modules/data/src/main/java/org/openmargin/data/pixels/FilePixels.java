package org.openmargin.data.pixels;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.openmargin.data.DataException;
import org.openmargin.data.ImageShape;
import org.openmargin.data.PixelStore;
import org.openmargin.files.FileErrors;

/**
 * Pixels in a file, one image after another, read in place. Mapping the file would be as simple,
 * but mapped pages count as memory of this process; reads through the channel stay in the system's
 * cache, which shrinks under pressure.
 */
public final class FilePixels implements PixelStore {

  private final Path file;
  private final FileChannel channel;
  private final long first;
  private final int bytes;

  private FilePixels(Path file, FileChannel channel, long first, int bytes) {
    this.file = file;
    this.channel = channel;
    this.first = first;
    this.bytes = bytes;
  }

  /**
   * Opens a file. It is closed when its images are garbage collected.
   *
   * @param first byte at which the first image begins
   */
  public static FilePixels open(Path file, long first, ImageShape shape) throws IOException {
    return new FilePixels(
        file, FileChannel.open(file, StandardOpenOption.READ), first, shape.bytes());
  }

  @Override
  public void copyTo(int index, byte[] target, int offset) {
    try {
      readFully(channel, first + (long) index * bytes, ByteBuffer.wrap(target, offset, bytes));
    } catch (IOException e) {
      throw new DataException(
          "%s: image %d cannot be read: %s".formatted(file, index, FileErrors.reason(e)), e);
    }
  }

  /** Fills the buffer from this position, regardless of the channel's own. */
  public static void readFully(FileChannel channel, long position, ByteBuffer target)
      throws IOException {
    long at = position;
    while (target.hasRemaining()) {
      int read = channel.read(target, at);
      if (read < 0) {
        throw new EOFException("the file ends at byte " + at);
      }
      at += read;
    }
  }
}
