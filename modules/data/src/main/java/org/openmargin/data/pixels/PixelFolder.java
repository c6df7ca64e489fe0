package org.openmargin.data.pixels;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.openmargin.data.DataException;
import org.openmargin.data.ImageShape;
import org.openmargin.files.FileErrors;
import org.openmargin.files.FolderLock;
import org.openmargin.files.Sha256;

/**
 * A folder of {@link PixelFile}s, each written once by one process.
 *
 * @param limit of all files together
 * @param why a file is written, the beginning of a notice
 */
record PixelFolder(Path folder, PixelCacheLimit limit, Consumer<String> notices, String why) {

  private static final long MIB = 1 << 20;

  /** Whether a file that is only a convenience may be written: it must not stop anybody. */
  static boolean canHold(Path folder, long bytes) {
    try {
      Files.createDirectories(folder);
      return Files.isWritable(folder) && Files.getFileStore(folder).getUsableSpace() / 4 > bytes;
    } catch (IOException e) {
      return false;
    }
  }

  /** Opens the file of these images, or makes it. */
  PixelFile file(
      ImageStorage.Origin origin, ImageShape shape, int count, ImageStorage.Filling filling) {
    var key = new Sha256().add(origin.key().get()).hex();
    var place = new Sha256().add(origin.place()).hex().substring(0, 16);
    var name = origin.name().replaceAll("[^\\w.-]", "_");
    var file = folder.resolve("%s-%s.pixels".formatted(name, place));
    var content = new PixelFile.Content(key, shape, count);
    try {
      var there = PixelFile.open(file, content);
      if (there.isPresent()) {
        PixelCacheLimit.used(file);
        notices.accept("%d %s read from %s".formatted(count, origin.contents(), file));
        return there.get();
      }
      Files.createDirectories(folder);
      var made = made(file, content, filling);
      limit.apply(folder, file, notices);
      return made;
    } catch (IOException e) {
      throw new DataException(
          "%s cannot be written or read: %s".formatted(file, FileErrors.reason(e)), e);
    }
  }

  private PixelFile made(Path file, PixelFile.Content content, ImageStorage.Filling filling)
      throws IOException {
    var lock = new FolderLock(file.resolveSibling(file.getFileName() + ".lock"));
    return lock.holding(
            () -> {
              // Another process may have made it while this one waited for the lock.
              var there = PixelFile.open(file, content);
              if (there.isEmpty()) {
                write(file, content, filling);
                there = PixelFile.open(file, content);
              }
              return there.orElseThrow(
                  () -> new DataException(file + " was changed right after it was written"));
            })
        .orElseThrow(
            () -> new DataException(file + " is being written by another thread of this process"));
  }

  private void write(Path file, PixelFile.Content content, ImageStorage.Filling filling)
      throws IOException {
    Files.deleteIfExists(file);
    long free = Files.getFileStore(folder).getUsableSpace();
    var needed = "%d MiB".formatted(content.fileBytes() / MIB + 1);
    if (free < content.fileBytes()) {
      throw new DataException(
          "%d decoded images need %s in %s, but only %d MiB are free there; make room, or set runtime.images.cache_directory to another folder"
              .formatted(content.count(), needed, folder, free / MIB));
    }
    notices.accept("%s; writing them once, %s, to %s".formatted(why, needed, file));
    try (var writer = new PixelFileWriter(file, content)) {
      writer.finish(filling.fill(writer));
    }
  }
}
