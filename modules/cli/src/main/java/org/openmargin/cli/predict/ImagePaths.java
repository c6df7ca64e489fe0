package org.openmargin.cli.predict;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.openmargin.data.DataException;
import org.openmargin.data.source.ImageTree;
import org.openmargin.files.image.EncodedImage;

/**
 * Image files that were asked for.
 *
 * @param files in the order of the arguments, those of a folder sorted by path
 * @param skipped one sentence for each folder with other files
 */
public record ImagePaths(List<Path> files, List<String> skipped) {

  public ImagePaths {
    files = List.copyOf(files);
    skipped = List.copyOf(skipped);
  }

  /**
   * @param arguments files, taken as they are, and folders, searched at any depth as training does
   * @throws DataException if a folder cannot be read or holds no image
   */
  public static ImagePaths of(List<Path> arguments) {
    var files = new ArrayList<Path>();
    var skipped = new ArrayList<String>();
    for (var argument : arguments) {
      if (Files.isDirectory(argument)) {
        var tree = new ImageTree(argument);
        files.addAll(below(tree, argument));
        tree.warning().ifPresent(skipped::add);
      } else {
        files.add(argument);
      }
    }
    return new ImagePaths(files, skipped);
  }

  private static List<Path> below(ImageTree tree, Path folder) {
    var images = tree.below(folder);
    if (images.isEmpty()) {
      throw new DataException(
          "%s: there is no %s file in this folder%s"
              .formatted(
                  folder,
                  EncodedImage.FORMATS,
                  tree.skipped().isEmpty()
                      ? ""
                      : "; skipped files: " + DataException.shortList(tree.skipped())));
    }
    return images;
  }
}
