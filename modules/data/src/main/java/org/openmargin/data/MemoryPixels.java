package org.openmargin.data;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;

/**
 * Pixels on the Java heap, in chunks of up to 64 MiB, so that a data set may exceed 2<sup>31</sup>
 * bytes.
 */
public record MemoryPixels(ImageShape shape, List<byte[]> chunks) implements PixelStore {

  public MemoryPixels {
    chunks = List.copyOf(chunks);
  }

  /**
   * Reads {@code count} images straight into chunks.
   *
   * @throws EOFException if the stream ends too early
   */
  public static MemoryPixels read(InputStream in, ImageShape shape, int count) throws IOException {
    var chunks = new ArrayList<byte[]>();
    int images;
    for (int first = 0; first < count; first += images) {
      images = Math.min(shape.perChunk(), count - first);
      int bytes = images * shape.bytes();
      var chunk = new byte[bytes];
      int read = in.readNBytes(chunk, 0, bytes);
      if (read < bytes) {
        throw new EOFException(
            "the data ends inside image %d of %d".formatted(first + read / shape.bytes(), count));
      }
      chunks.add(chunk);
    }
    return new MemoryPixels(shape, chunks);
  }

  @Override
  public void copyTo(int index, byte[] target, int offset) {
    int perChunk = shape.perChunk();
    int bytes = shape.bytes();
    System.arraycopy(chunks.get(index / perChunk), index % perChunk * bytes, target, offset, bytes);
  }
}
