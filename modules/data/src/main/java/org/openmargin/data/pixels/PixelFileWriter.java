package org.openmargin.data.pixels;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.openmargin.data.DataException;
import org.openmargin.data.PixelSink;
import org.openmargin.files.Folders;

/**
 * Writes a {@link PixelFile} under a temporary name and renames it when it is complete; if closed
 * earlier, it leaves nothing behind.
 */
final class PixelFileWriter implements PixelSink, AutoCloseable {

  private static final int BUFFER_BYTES = 1 << 20;

  private final Path file;
  private final Path unfinished;
  private final PixelFile.Content content;
  private final ByteBuffer checksums;
  private final FileChannel channel;
  private final OutputStream out;

  PixelFileWriter(Path file, PixelFile.Content content) throws IOException {
    this.file = file;
    this.content = content;
    this.checksums = ByteBuffer.allocate(content.count() * Integer.BYTES);
    this.unfinished = file.resolveSibling(file.getFileName() + ".unfinished");
    this.channel =
        FileChannel.open(
            unfinished,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE);
    this.out = new BufferedOutputStream(Channels.newOutputStream(channel), BUFFER_BYTES);
    // A process that is told to stop deletes the file.
    unfinished.toFile().deleteOnExit();
    channel.position(PixelFile.HEAD_BYTES);
  }

  @Override
  public void add(byte[] pixels, int offset) throws IOException {
    int bytes = content.shape().bytes();
    checksums.putInt(PixelFile.checksum(pixels, offset, bytes));
    out.write(pixels, offset, bytes);
  }

  /**
   * Completes the file and gives it its name.
   *
   * @param remarks what their maker had to say, in lines; or empty
   * @throws DataException if fewer images were added than it should contain
   */
  void finish(String remarks) throws IOException {
    if (checksums.hasRemaining()) {
      throw new DataException(
          "%s: only %d of %d images were added"
              .formatted(file, checksums.position() / Integer.BYTES, content.count()));
    }
    out.write(checksums.array());
    out.flush();
    int sum = PixelFile.checksum(checksums.array(), 0, checksums.capacity());
    var line = String.join(PixelFile.LINE_END, remarks.lines().toList());
    var head = content.head() + "remarks=%s\nchecksums=%08x\n".formatted(line, sum);
    var bytes = head.getBytes(StandardCharsets.UTF_8);
    if (bytes.length > PixelFile.HEAD_BYTES) {
      throw new DataException(file + ": too many remarks about the images");
    }
    channel.write(ByteBuffer.wrap(bytes), 0);
    channel.force(true);
    channel.close();
    Folders.move(unfinished, file);
  }

  @Override
  public void close() throws IOException {
    channel.close();
    Files.deleteIfExists(unfinished);
  }
}
