package org.openmargin.data.source;

import java.util.function.Consumer;

/**
 * Says how far many images are read: at the beginning, then at each tenth. Few images are read in
 * silence.
 */
final class LoadingProgress {
  private static final int MANY = 2_000;
  private static final int PARTS = 10;

  private final String name;
  private final int total;
  private final Consumer<String> notices;
  private int done;

  /**
   * @param notices receives the sentences
   */
  LoadingProgress(String name, int total, Consumer<String> notices) {
    this.name = name;
    this.total = total;
    this.notices = notices;
  }

  void begin(long bytes) {
    if (total >= MANY) {
      notices.accept("%s: reading %d images, %d MiB".formatted(name, total, bytes >> 20));
    }
  }

  /** One more image is read. */
  void done() {
    var before = (long) done * PARTS / total;
    done++;
    var now = (long) done * PARTS / total;
    if (total >= MANY && now > before) {
      notices.accept("%s: %d of %d images read".formatted(name, done, total));
    }
  }
}
