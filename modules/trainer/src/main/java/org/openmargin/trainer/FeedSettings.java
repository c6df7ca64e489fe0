package org.openmargin.trainer;

import org.openmargin.data.KnownImages;
import org.openmargin.data.pixels.ImageStorage;

/**
 * How steps get their images. This does not affect the results of training.
 *
 * @param residentBytes with {@link Place#AUTO}, the size above which images are streamed
 * @param readers threads that read streamed images
 * @param embeddings keeps those of a frozen backbone
 */
public record FeedSettings(
    Place place, long residentBytes, int readers, int prefetchBatches, ImageStorage embeddings) {

  /** Where the training images are kept. */
  public enum Place {
    /** On the device if they are small enough. */
    AUTO,
    /** All of them on the device. */
    RESIDENT,
    /** Fed to each step, read ahead by threads. */
    STREAMED
  }

  /**
   * On the device up to 4 GiB, which leaves room for a network and its activations on a GPU of 8
   * GB, and fits every MedMNIST data set up to 64 px.
   */
  public static final FeedSettings DEFAULT =
      new FeedSettings(Place.AUTO, 4L << 30, defaultReaders(), 8);

  /** One that keeps embeddings in memory. */
  public FeedSettings(Place place, long residentBytes, int readers, int prefetchBatches) {
    this(place, residentBytes, readers, prefetchBatches, ImageStorage.memory(notice -> {}));
  }

  public FeedSettings {
    if (readers < 1 || prefetchBatches < 1) {
      throw new IllegalArgumentException(
          "readers and prefetch batches must be at least 1, not %d and %d"
              .formatted(readers, prefetchBatches));
    }
  }

  /** Half the cores, at least 1, at most 8: the other half computes. */
  public static int defaultReaders() {
    return Math.max(1, Math.min(8, Runtime.getRuntime().availableProcessors() / 2));
  }

  /** Whether steps are fed their images instead of taking them from the device. */
  public boolean streams(KnownImages known) {
    return switch (place) {
      case AUTO -> bytes(known) > residentBytes;
      case RESIDENT -> false;
      case STREAMED -> true;
    };
  }

  /** The choice of {@link #streams} in one sentence. */
  public String sentence(KnownImages known) {
    var mib = (bytes(known) >> 20) + 1;
    return streams(known)
        ? "training images: %d MiB, streamed by %d threads, %d batches ahead"
            .formatted(mib, readers, prefetchBatches)
        : "training images: %d MiB, on the device".formatted(mib);
  }

  private static long bytes(KnownImages known) {
    return (long) known.count() * known.images().bytesPerImage();
  }
}
