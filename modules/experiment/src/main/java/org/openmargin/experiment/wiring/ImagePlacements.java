package org.openmargin.experiment.wiring;

import java.nio.file.Path;
import java.util.function.Consumer;
import org.openmargin.config.v1.ImagePlacementConfig;
import org.openmargin.data.pixels.ImageStorage;
import org.openmargin.trainer.FeedSettings;

/** Turns {@code runtime.images} into where images are kept and how a training gets them. */
public final class ImagePlacements {
  private ImagePlacements() {}

  /**
   * Where images are kept for whom no experiment says it.
   *
   * @param notices hears what a data source has to say
   */
  public static ImageStorage storage(Consumer<String> notices) {
    return storage(ImagePlacementConfig.getDefaultInstance(), notices);
  }

  /** Half of the heap is for images, the rest for what is made of them. */
  static ImageStorage storage(ImagePlacementConfig config, Consumer<String> notices) {
    var directory = config.getCacheDirectory();
    var folder =
        directory.isEmpty()
            ? Path.of(System.getProperty("user.home"), ".openmargin", "cache")
            : Path.of(directory);
    var limit = Math.min(residentBytes(config), Runtime.getRuntime().maxMemory() / 2);
    return new ImageStorage(folder, limit, notices);
  }

  static FeedSettings feeding(ImagePlacementConfig config) {
    var place =
        switch (config.getPlace()) {
          case AUTO -> FeedSettings.Place.AUTO;
          case RESIDENT -> FeedSettings.Place.RESIDENT;
          case STREAMED -> FeedSettings.Place.STREAMED;
        };
    var readers = config.getReaderThreads();
    return new FeedSettings(
        place,
        residentBytes(config),
        readers == 0 ? FeedSettings.defaultReaders() : readers,
        config.getPrefetchBatches());
  }

  private static long residentBytes(ImagePlacementConfig config) {
    return (long) config.getResidentLimitMib() << 20;
  }
}
