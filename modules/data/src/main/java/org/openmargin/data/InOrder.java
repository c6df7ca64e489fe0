package org.openmargin.data;

import java.io.IOException;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/**
 * Makes results in parallel and hands them over one by one, in order. Works through one chunk of
 * images at a time, so few results wait in memory.
 */
public final class InOrder {

  private InOrder() {}

  public interface Taker<T> {
    void take(T made) throws IOException;
  }

  public static <T> void make(int count, ImageShape shape, IntFunction<T> make, Taker<T> taker)
      throws IOException {
    int block = shape.perChunk();
    var classes = Thread.currentThread().getContextClassLoader();
    for (int from = 0; from < count; from += block) {
      int until = Math.min(count, from + block);
      var made =
          IntStream.range(from, until).parallel().mapToObj(i -> made(i, make, classes)).toList();
      for (T one : made) {
        taker.take(one);
      }
    }
  }

  /** Services of the caller's plug-ins are found in all threads. */
  private static <T> T made(int index, IntFunction<T> make, ClassLoader classes) {
    var thread = Thread.currentThread();
    var before = thread.getContextClassLoader();
    thread.setContextClassLoader(classes);
    try {
      return make.apply(index);
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  /** The most bytes of images that wait to be handed over. */
  public static long waitingBytes(ImageShape shape) {
    return (long) shape.perChunk() * shape.bytes();
  }

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
