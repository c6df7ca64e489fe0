package org.openmargin.data.pixels;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;

/**
 * Keeps a folder of {@link PixelFile}s below a size: those that were used longest ago are deleted.
 * A file's time of modification is that of its last use.
 *
 * @param bytes of all files together; a file that was just used stays, however large
 */
record PixelCacheLimit(long bytes) {
  /** Younger files may be in use by another process. */
  private static final Duration RECENT = Duration.ofHours(1);

  private record Entry(Path file, long bytes, Instant used) {}

  /** Notes that a file is used now. */
  static void used(Path file) {
    try {
      Files.setLastModifiedTime(file, FileTime.from(Instant.now()));
    } catch (IOException e) {
      // Somebody else's file: its age is then that of its making.
    }
  }

  /**
   * Deletes what is too much, and unfinished files that nobody goes on with.
   *
   * @param kept stays
   */
  void apply(Path folder, Path kept, Consumer<String> notices) {
    try {
      var files = files(folder, ".pixels");
      var total = files.stream().mapToLong(Entry::bytes).sum();
      for (var entry : files) {
        if (total > bytes && !entry.file().equals(kept) && isOld(entry) && delete(entry)) {
          total -= entry.bytes();
          notices.accept(
              "%s was used longest ago and is deleted: the folder holds at most %d MiB (runtime.images.cache_limit_mib)"
                  .formatted(entry.file(), bytes >> 20));
        }
      }
      for (var entry : files(folder, ".pixels.unfinished")) {
        if (isOld(entry)) {
          delete(entry);
        }
      }
    } catch (IOException e) {
      // What cannot be looked at is not pruned: that must stop nobody.
    }
  }

  private static boolean isOld(Entry entry) {
    return entry.used().isBefore(Instant.now().minus(RECENT));
  }

  private static boolean delete(Entry entry) {
    try {
      return Files.deleteIfExists(entry.file());
    } catch (IOException e) {
      return false;
    }
  }

  /** Those whose names end so, the one used longest ago first. */
  private static List<Entry> files(Path folder, String ending) throws IOException {
    var entries = new ArrayList<Entry>();
    try (var files = Files.list(folder)) {
      for (var file : files.filter(f -> f.getFileName().toString().endsWith(ending)).toList()) {
        if (Files.isRegularFile(file)) {
          var used = Files.getLastModifiedTime(file).toInstant();
          entries.add(new Entry(file, Files.size(file), used));
        }
      }
    }
    entries.sort(Comparator.comparing(Entry::used));
    return entries;
  }
}
