package org.openmargin.data.pixels;

import java.util.List;
import java.util.Optional;
import org.openmargin.data.ImageShape;
import org.openmargin.data.ImageSizes;
import org.openmargin.data.ImageSizes.Size;
import org.openmargin.data.InOrder;

/**
 * What reading many image files will take, said before it begins.
 *
 * @param files how many
 * @param fileBytes all together
 * @param shape of an image at the network's size, as text
 * @param memory what it takes of the machine's
 */
public record ReadingPlan(int files, long fileBytes, String shape, Memory memory) {
  private static final double MIB = 1 << 20;

  /** An image while it is decoded: its samples, a copy turned and in the wanted colours. */
  private static final int COPIES = 3;

  private static final int CHANNELS = 3;

  /**
   * Memory, bytes.
   *
   * @param pixels of all images at the network's size
   * @param kept whether they stay in memory
   * @param passing of the images that are decoded at one time
   * @param heap the most that Java may use
   */
  public record Memory(long pixels, boolean kept, long passing, long heap) {
    /** All that is needed at one time. */
    public long most() {
      return passing + (kept ? pixels : 0);
    }
  }

  /**
   * @param shape of the images at the network's size
   * @param fileBytes of each file
   * @param stored sizes of a sample of the files
   */
  public static ReadingPlan of(
      ImageStorage storage, ImageShape shape, List<Long> fileBytes, Optional<ImageSizes> stored) {
    var pixels = (long) fileBytes.size() * shape.bytes();
    var largest =
        stored.stream()
            .map(ImageSizes::sizes)
            .flatMap(List::stream)
            .mapToLong(ReadingPlan::area)
            .max()
            .orElse(0);
    var decoding = Runtime.getRuntime().availableProcessors() * largest * CHANNELS * COPIES;
    var memory =
        new Memory(
            pixels,
            storage.fits(pixels),
            InOrder.waitingBytes(shape) + decoding,
            Runtime.getRuntime().maxMemory());
    var bytes = fileBytes.stream().mapToLong(Long::longValue).sum();
    return new ReadingPlan(fileBytes.size(), bytes, shape.toString(), memory);
  }

  private static long area(Size size) {
    return (long) size.width() * size.height();
  }

  @Override
  public String toString() {
    var most = mib(memory.most());
    var heap = mib(memory.heap());
    return "%d image files, %d MiB, become %d MiB of pixels (%s), kept in %s: up to %d MiB are in Java's heap at a time, which may grow to %d MiB%s"
        .formatted(
            files,
            mib(fileBytes),
            mib(memory.pixels()),
            shape,
            memory.kept() ? "memory" : "a file",
            most,
            heap,
            most > heap ? "; give it more: OPENMARGIN_JAVA_OPTS=-Xmx%dm".formatted(2 * most) : "");
  }

  private static long mib(long bytes) {
    return (long) Math.ceil(bytes / MIB);
  }
}
