package org.openmargin.experiment.wiring.runtime;

import java.nio.file.Path;
import java.util.function.Consumer;
import org.openmargin.data.pixels.ImageStorage;
import org.openmargin.trainer.FeedSettings;

/** Storage of decoded images: memory, or files if there are too many. */
public final class ImageCache {
  private ImageCache() {}

  /**
   * The defaults, for images that belong to no experiment.
   *
   * @param notices receives the reports of data sources
   */
  public static ImageStorage storage(Consumer<String> notices) {
    return storage("", FeedSettings.DEFAULT.residentBytes(), notices);
  }

  /**
   * Images take at most half of the heap; the rest is for processing them.
   *
   * @param folder for the files; empty for {@code ~/.openmargin/cache}
   */
  static ImageStorage storage(String folder, long residentBytes, Consumer<String> notices) {
    var path =
        folder.isEmpty()
            ? Path.of(System.getProperty("user.home"), ".openmargin", "cache")
            : Path.of(folder);
    var limit = Math.min(residentBytes, Runtime.getRuntime().maxMemory() / 2);
    return new ImageStorage(path, limit, notices);
  }
}
