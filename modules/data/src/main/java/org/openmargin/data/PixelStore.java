package org.openmargin.data;

/**
 * Where the pixels of images are: in memory, in a file, or nowhere until they are read.
 *
 * <p>Must be thread-safe and return the same bytes for an image on every read.
 */
@FunctionalInterface
public interface PixelStore {

  /**
   * Copies one image, {@code [height, width, channels]} row-major.
   *
   * @param offset first byte in {@code target}
   * @throws DataException if the image cannot be read
   */
  void copyTo(int index, byte[] target, int offset);
}
