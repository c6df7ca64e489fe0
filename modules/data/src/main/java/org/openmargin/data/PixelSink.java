package org.openmargin.data;

import java.io.IOException;

/** Receives images one by one. */
@FunctionalInterface
public interface PixelSink {

  /**
   * Copies one image.
   *
   * @param pixels contain the image, {@code [height, width, channels]} row-major
   * @param offset of its first byte
   */
  void add(byte[] pixels, int offset) throws IOException;
}
