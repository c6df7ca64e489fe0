package org.openmargin.data.pixels;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.openmargin.data.DataException;
import org.openmargin.data.ImageShape;
import org.openmargin.data.Images;
import org.openmargin.data.ImagesBuilder;
import org.openmargin.data.InOrder;
import org.openmargin.data.PixelSink;
import org.openmargin.files.FileErrors;
import org.openmargin.files.FolderLock;
import org.openmargin.files.Sha256;

/**
 * Keeps decoded images in memory or, if they do not fit, in a file that is written once and read
 * image by image.
 *
 * @param folder for the files; created when first needed
 * @param memoryBytes images of one data set that exceed this go to a file
 * @param notices receives one sentence about each file that is written or used
 * @param forLaterStarts whether images that fit into memory are written to a file, too, so that the
 *     next start need not make them
 */
public record ImageStorage(
    Path folder, long memoryBytes, Consumer<String> notices, boolean forLaterStarts) {

  private static final long MIB = 1 << 20;

  /** Writes a file only for images that do not fit into memory. */
  public ImageStorage(Path folder, long memoryBytes, Consumer<String> notices) {
    this(folder, memoryBytes, notices, false);
  }

  /** The same, but files are written for all images; unless it has no folder for them. */
  public ImageStorage withFilesForLaterStarts() {
    return new ImageStorage(folder, memoryBytes, notices, !folder.toString().isEmpty());
  }

  /** Keeps everything in memory, however large. */
  public static ImageStorage memory(Consumer<String> notices) {
    return new ImageStorage(Path.of(""), Long.MAX_VALUE, notices);
  }

  /**
   * Identifies images.
   *
   * @param name beginning of the file's name
   * @param place where they come from and in which size: another place means another file
   * @param key everything that decides the pixels: another key rewrites the file. Called only if a
   *     file is needed
   */
  public record Origin(String name, String place, Supplier<String> key) {}

  /** Makes all images in order and returns remarks about them, in lines, or an empty string. */
  public interface Filling {
    String fill(PixelSink sink) throws IOException;
  }

  /** Whether a data set of this size is kept in memory. */
  public boolean fits(long bytes) {
    return bytes <= memoryBytes;
  }

  /**
   * Keeps images that are expensive to make, making each of them once.
   *
   * @param images made on demand
   * @return the same images, in memory or in a file
   * @throws DataException if an image cannot be made or the file cannot be written
   */
  public Images keep(Origin origin, Images images) {
    return keep(
            origin,
            images.shape(),
            images.count(),
            sink -> {
              InOrder.copy(images, sink);
              return "";
            })
        .images();
  }

  /** Keeps the images that {@code filling} makes, with its remarks. */
  public PixelFile keep(Origin origin, ImageShape shape, int count, Filling filling) {
    var bytes = (long) count * shape.bytes();
    if (!fits(bytes)) {
      return inFile(origin, shape, count, filling);
    }
    if (forLaterStarts && canWrite(bytes)) {
      var file = inFile(origin, shape, count, filling);
      return new PixelFile(file.images().loaded(), file.remarks());
    }
    var builder = new ImagesBuilder(shape);
    try {
      var remarks = filling.fill(builder::add);
      return new PixelFile(builder.build(), remarks);
    } catch (IOException e) {
      throw new DataException("%s: %s".formatted(origin.name(), FileErrors.reason(e)), e);
    }
  }

  /** Like {@link #keep}, but always in a file. */
  public PixelFile inFile(Origin origin, ImageShape shape, int count, Filling filling) {
    var key = new Sha256().add(origin.key().get()).hex();
    var place = new Sha256().add(origin.place()).hex().substring(0, 16);
    var name = origin.name().replaceAll("[^\\w.-]", "_");
    var file = folder.resolve("%s-%s.pixels".formatted(name, place));
    var content = new PixelFile.Content(key, shape, count);
    try {
      var there = PixelFile.open(file, content);
      if (there.isPresent()) {
        notices.accept("%d decoded images read from %s".formatted(count, file));
        return there.get();
      }
      Files.createDirectories(folder);
      return made(file, content, filling);
    } catch (IOException e) {
      throw new DataException(
          "%s cannot be written or read: %s".formatted(file, FileErrors.reason(e)), e);
    }
  }

  /** A file that is only a convenience must not stop anybody. */
  private boolean canWrite(long bytes) {
    try {
      Files.createDirectories(folder);
      return Files.isWritable(folder) && Files.getFileStore(folder).getUsableSpace() / 4 > bytes;
    } catch (IOException e) {
      return false;
    }
  }

  private PixelFile made(Path file, PixelFile.Content content, Filling filling) throws IOException {
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

  private void write(Path file, PixelFile.Content content, Filling filling) throws IOException {
    Files.deleteIfExists(file);
    long free = Files.getFileStore(folder).getUsableSpace();
    var needed = "%d MiB".formatted(content.fileBytes() / MIB + 1);
    if (free < content.fileBytes()) {
      throw new DataException(
          "%d decoded images need %s in %s, but only %d MiB are free there; make room, or set runtime.images.cache_directory to another folder"
              .formatted(content.count(), needed, folder, free / MIB));
    }
    var why =
        fits((long) content.count() * content.shape().bytes())
            ? "%d images are decoded once, for later starts, too".formatted(content.count())
            : "%d decoded images do not fit into memory (limit %d MiB)"
                .formatted(content.count(), memoryBytes / MIB);
    notices.accept("%s; writing them once, %s, to %s".formatted(why, needed, file));
    try (var writer = new PixelFileWriter(file, content)) {
      writer.finish(filling.fill(writer));
    }
  }
}
