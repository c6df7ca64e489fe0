package org.openmargin.data;

import java.io.IOException;

/** Takes images one after another. */
@FunctionalInterface
public interface PixelSink {

  /**
   * Takes a copy of one image.
   *
   * @param pixels holds the image, {@code [height, width, channels]} row-major
   * @param offset its first byte
   */
  void add(byte[] pixels, int offset) throws IOException;
}
