package org.openmargin.cli.predict;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.openmargin.data.DataException;
import org.openmargin.files.FileErrors;

/** Finds image files. */
public final class ImagePaths {
  private ImagePaths() {}

  /**
   * @param arguments files, taken as they are, and folders, searched at any depth for PNG and JPEG
   *     files
   * @return files in the order of the arguments, those of a folder sorted by path
   * @throws DataException if a folder cannot be read or holds no image
   */
  public static List<Path> of(List<Path> arguments) {
    var files = new ArrayList<Path>();
    for (var argument : arguments) {
      if (Files.isDirectory(argument)) {
        files.addAll(below(argument));
      } else {
        files.add(argument);
      }
    }
    return List.copyOf(files);
  }

  private static List<Path> below(Path folder) {
    try (var tree = Files.walk(folder)) {
      var images = tree.filter(ImagePaths::isImage).sorted().toList();
      if (images.isEmpty()) {
        throw new DataException(folder + ": there is no .png, .jpg or .jpeg file in this folder");
      }
      return images;
    } catch (UncheckedIOException e) {
      throw unreadable(folder, e.getCause());
    } catch (IOException e) {
      throw unreadable(folder, e);
    }
  }

  /** The exception names the folder, which may be a nested one. */
  private static DataException unreadable(Path folder, IOException e) {
    var where = e instanceof FileSystemException known ? known.getFile() : folder.toString();
    return new DataException(where + ": cannot be read: " + FileErrors.reason(e), e);
  }

  private static boolean isImage(Path path) {
    var name = String.valueOf(path.getFileName()).toLowerCase(Locale.ROOT);
    return name.matches("[^.].*\\.(png|jpe?g)") && Files.isRegularFile(path);
  }
}
