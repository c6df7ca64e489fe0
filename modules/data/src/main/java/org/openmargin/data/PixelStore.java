package org.openmargin.data;

/**
 * Where the pixels of images are: in memory, in a file, or nowhere until they are read.
 *
 * <p>Several threads read at once, and an image is the same bytes whenever it is read.
 */
@FunctionalInterface
public interface PixelStore {

  /**
   * Copies one image, {@code [height, width, channels]} row-major.
   *
   * @param index which image, from 0
   * @param target where to
   * @param offset first byte in {@code target}
   * @throws DataException when the image cannot be read
   */
  void copyTo(int index, byte[] target, int offset);
}
