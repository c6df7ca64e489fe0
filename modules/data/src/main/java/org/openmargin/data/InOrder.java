package org.openmargin.data;

import java.io.IOException;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/**
 * Work in parallel whose results are taken one by one in order, a chunk's worth of images at a
 * time, so that what waits to be taken stays small.
 */
public final class InOrder {

  private InOrder() {}

  /** What is done with a result. */
  public interface Taker<T> {
    void take(T made) throws IOException;
  }

  public static <T> void make(int count, ImageShape shape, IntFunction<T> make, Taker<T> taker)
      throws IOException {
    int block = shape.perChunk();
    for (int from = 0; from < count; from += block) {
      int until = Math.min(count, from + block);
      var made = IntStream.range(from, until).parallel().mapToObj(make).toList();
      for (T one : made) {
        taker.take(one);
      }
    }
  }

  /** Hands all images to a sink. */
  public static void copy(Images images, PixelSink sink) throws IOException {
    make(
        images.count(),
        images.shape(),
        index -> {
          var pixels = new byte[images.bytesPerImage()];
          images.copyTo(index, pixels, 0);
          return pixels;
        },
        pixels -> sink.add(pixels, 0));
  }
}
