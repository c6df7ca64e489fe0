package org.openmargin.data.source;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.openmargin.data.DataException;
import org.openmargin.data.ImageGeometry;
import org.openmargin.data.ImageShape;
import org.openmargin.data.ImagesBuilder;
import org.openmargin.data.InOrder;
import org.openmargin.data.foreign.ForeignGroup;
import org.openmargin.files.FileErrors;
import org.openmargin.files.PathHints;
import org.openmargin.files.WholeFile;
import org.openmargin.files.image.LevelRule;

/**
 * A user's foreign images: image files of any size. Each sub-folder is a group, with all that is
 * below it; files directly in the folder are a group with the folder's own name. Decoded and
 * preprocessed like the images of a {@link FolderSource}.
 *
 * @param notices receives a sentence about skipped files
 */
public record ForeignFolder(Path path, Consumer<String> notices) {

  /**
   * What becomes of the files.
   *
   * @param geometry to the network's input size
   * @param channels 1 (grey) or 3 (RGB)
   * @param most images to use of each group, spread evenly over its sorted files
   * @param levels for values of more than 8 bits
   */
  public record Target(ImageGeometry geometry, int channels, int most, LevelRule levels) {}

  /**
   * Decodes the groups, in the order of their names.
   *
   * @throws DataException if there is no such folder, it has no image file, or no file of a group
   *     can be decoded
   */
  public List<ForeignGroup> groups(Target target) {
    if (!Files.isDirectory(path)) {
      throw new DataException(
          path + ": no such folder; expected a folder of foreign images" + PathHints.missing(path));
    }
    var scan = new FolderScan(path);
    var files = files(scan);
    scan.warning().ifPresent(notices);
    if (files.isEmpty()) {
      throw new DataException(path + ": no image file in this folder of foreign images");
    }
    return files.entrySet().stream()
        .map(group -> group(scan, group.getKey(), group.getValue(), target))
        .toList();
  }

  private SortedMap<String, List<Path>> files(FolderScan scan) {
    var groups = new TreeMap<>(scan.groups());
    groups.values().removeIf(List::isEmpty);
    var direct = scan.loose();
    if (!direct.isEmpty()) {
      var own = new ArrayList<>(direct);
      var name = String.valueOf(path.toAbsolutePath().normalize().getFileName());
      own.addAll(groups.getOrDefault(name, List.of()));
      groups.put(name, own);
    }
    return groups;
  }

  private static ForeignGroup group(FolderScan scan, String name, List<Path> files, Target target) {
    var geometry = target.geometry();
    var shape = new ImageShape(geometry.heightPx(), geometry.widthPx(), target.channels());
    var count = Math.min(target.most(), files.size());
    var images = new ImagesBuilder(shape);
    var failures = new ArrayList<String>();
    try {
      InOrder.make(
          count,
          shape,
          i -> decoded(scan, files.get((int) ((long) i * files.size() / count)), target),
          decoded -> {
            if (decoded.failure().isEmpty()) {
              images.add(decoded.pixels(), 0);
            } else {
              failures.add(decoded.failure());
            }
          });
    } catch (IOException e) {
      throw new DataException(name + ": " + FileErrors.reason(e), e);
    }
    if (failures.size() == count) {
      throw new DataException(
          "foreign images '%s': none of %d files can be used: %s"
              .formatted(name, count, DataException.shortList(failures)));
    }
    return new ForeignGroup(
        name, ForeignGroup.Origin.GIVEN, images.build(), files.size(), failures);
  }

  private static Decoded decoded(FolderScan scan, Path file, Target target) {
    try {
      var encoded = WholeFile.read(file);
      var decoded = ImageFiles.read(encoded, target.channels(), target.levels());
      var image = decoded.pixels().preprocessed(target.geometry());
      var pixels = new byte[image.bytesPerImage()];
      image.copyTo(0, pixels, 0);
      return new Decoded(pixels, "");
    } catch (IOException e) {
      return new Decoded(new byte[0], "%s (%s)".formatted(scan.id(file), FileErrors.reason(e)));
    } catch (DataException e) {
      return new Decoded(new byte[0], "%s (%s)".formatted(scan.id(file), e.getMessage()));
    }
  }

  /** Pixels, or why there are none. */
  @SuppressWarnings("ArrayRecordComponent") // handed on at once, never compared
  private record Decoded(byte[] pixels, String failure) {}
}
