package org.openmargin.data.source;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.openmargin.data.DataException;
import org.openmargin.data.DataSource;
import org.openmargin.data.Dataset;
import org.openmargin.data.FileFacts;
import org.openmargin.data.ImageGeometry;
import org.openmargin.data.ImageSizes;
import org.openmargin.data.SplitFractions;
import org.openmargin.data.pixels.ImageStorage;
import org.openmargin.files.PathHints;
import org.openmargin.files.image.LevelRule;

/**
 * Image files in folders, one folder per class. Symbolic links are followed.
 *
 * <p>If there are parent folders {@code train/}, {@code val/} and {@code test/}, in any usual
 * spelling, they define the division; without {@code val/}, validation images are taken from {@code
 * train/}. Without any of them, the images are divided by a seeded stratified split. An image's
 * name is its path below the root; the digest covers names and bytes of all files in order. Decoded
 * images that do not fit into memory, or are many, go to a file that later starts read; it is
 * rewritten if the contents of an image file have changed. {@link ImageFiles} describes decoding.
 *
 * @param path the root folder
 * @param name the data set's name in reports
 * @param settings size, colour, class names, division
 * @param storage keeps the decoded images; its notices also receive a sentence about skipped files
 */
public record FolderSource(Path path, String name, Settings settings, ImageStorage storage)
    implements DataSource {

  /** Keeps its images in memory, however many. */
  public FolderSource(Path path, String name, Settings settings, Consumer<String> warnings) {
    this(path, name, settings, ImageStorage.memory(warnings));
  }

  /**
   * How images are read.
   *
   * @param geometry crop and size
   * @param channels 1 (grey) or 3 (RGB)
   * @param classNames folder names in label order; empty: all class folders, sorted by name
   * @param fractions division if sub-folders do not define it
   * @param levels for values of more than 8 bits
   * @param allFrames whether each frame of a file is an image
   */
  public record Settings(
      ImageGeometry geometry,
      int channels,
      List<String> classNames,
      SplitFractions fractions,
      LevelRule levels,
      boolean allFrames) {

    /** With {@link LevelRule#DEFAULT}. */
    public Settings(
        ImageGeometry geometry, int channels, List<String> classNames, SplitFractions fractions) {
      this(geometry, channels, classNames, fractions, LevelRule.DEFAULT, false);
    }

    public Settings {
      // Refuses other numbers of channels.
      new PixelForm(geometry, channels, levels);
      classNames = List.copyOf(classNames);
      if (Set.copyOf(classNames).size() != classNames.size()) {
        throw new DataException("class names %s: list each once".formatted(classNames));
      }
    }

    PixelForm form() {
      return new PixelForm(geometry, channels, levels, allFrames);
    }
  }

  /**
   * Reads all files.
   *
   * @throws DataException if there is no such folder, it has no class folders, a class folder has
   *     no images or too few to divide, class names and folders differ, or files cannot be decoded
   *     (all in one message)
   */
  @Override
  public Dataset load() {
    return new FileDataset(name, path, settings.form(), storage).of(images());
  }

  /**
   * Its files, not opened.
   *
   * @throws DataException as {@link #load} does, but for files that cannot be decoded
   */
  public FileParts parts() {
    if (!Files.isDirectory(path)) {
      throw new DataException(
          path + ": no such folder; expected a folder of class folders" + PathHints.missing(path));
    }
    var scan = new FolderScan(path);
    var parts = new FolderDivision(path, scan, settings).parts();
    scan.warning().ifPresent(storage.notices());
    return parts;
  }

  @Override
  public Optional<ImageSizes> trainingSizes() {
    return FileDataset.sizes(
        new FolderDivision(path, new FolderScan(path), settings).parts().train());
  }

  @Override
  public Map<String, FileFacts> fileFacts() {
    return FileHeads.of(images().files());
  }

  private FileParts images() {
    return settings.allFrames() ? parts().eachFrame() : parts();
  }
}
