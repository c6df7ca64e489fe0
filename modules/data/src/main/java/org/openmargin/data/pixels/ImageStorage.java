package org.openmargin.data.pixels;

import java.io.IOException;
import java.nio.file.Path;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.openmargin.data.DataException;
import org.openmargin.data.ImageShape;
import org.openmargin.data.Images;
import org.openmargin.data.ImagesBuilder;
import org.openmargin.data.InOrder;
import org.openmargin.data.PixelSink;
import org.openmargin.data.WorkListener;
import org.openmargin.files.FileErrors;

/**
 * Keeps decoded images in memory or, if they do not fit, in a file that is written once and read
 * image by image.
 *
 * @param folder for the files; created when first needed
 * @param folderBytes of all files together; those used longest ago are deleted
 * @param memoryBytes images of one data set that exceed this go to a file
 * @param notices receives one sentence about each file that is written or used
 * @param work follows the reading of images
 * @param forLaterStarts whether images that fit into memory are written to a file, too, so that the
 *     next start need not make them
 */
public record ImageStorage(
    Path folder,
    long folderBytes,
    long memoryBytes,
    Consumer<String> notices,
    WorkListener work,
    boolean forLaterStarts) {

  private static final long MIB = 1 << 20;

  /** Enough for a few data sets. */
  private static final long FOLDER_BYTES = 20_480 * MIB;

  /** Writes a file only for images that do not fit into memory. */
  public ImageStorage(Path folder, long memoryBytes, Consumer<String> notices) {
    this(folder, FOLDER_BYTES, memoryBytes, notices, WorkListener.NONE, false);
  }

  /**
   * The same with another limit.
   *
   * @param bytes of all files together
   */
  public ImageStorage withFolderOf(long bytes) {
    return new ImageStorage(folder, bytes, memoryBytes, notices, work, forLaterStarts);
  }

  /** The same, but files are written for all images; unless it has no folder for them. */
  public ImageStorage withFilesForLaterStarts() {
    var files = !folder.toString().isEmpty();
    return new ImageStorage(folder, folderBytes, memoryBytes, notices, work, files);
  }

  /** The same with another follower of the reading of images. */
  public ImageStorage following(WorkListener listener) {
    return new ImageStorage(folder, folderBytes, memoryBytes, notices, listener, forLaterStarts);
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
   * @param contents what they are, for notices
   */
  public record Origin(String name, String place, Supplier<String> key, String contents) {

    /** Of decoded images. */
    public Origin(String name, String place, Supplier<String> key) {
      this(name, place, key, "decoded images");
    }
  }

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
    if (forLaterStarts && PixelFolder.canHold(folder, bytes)) {
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
    var why =
        fits((long) count * shape.bytes())
            ? "%d %s are kept for later starts, too".formatted(count, origin.contents())
            : "%d %s do not fit into memory (limit %d MiB)"
                .formatted(count, origin.contents(), memoryBytes / MIB);
    var limit = new PixelCacheLimit(folderBytes);
    return new PixelFolder(folder, limit, notices, why).file(origin, shape, count, filling);
  }
}
