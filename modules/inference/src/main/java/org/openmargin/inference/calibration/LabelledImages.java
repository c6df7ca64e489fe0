package org.openmargin.inference.calibration;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.openmargin.data.DataException;
import org.openmargin.data.source.ImageTree;

/**
 * Image files of a folder, with their true classes if it has a folder for each class.
 *
 * @param files sorted by path
 * @param labels in the order of the files; empty if they are not known
 * @param skipped other files, in one sentence; empty for none
 */
public record LabelledImages(List<Path> files, List<Integer> labels, String skipped) {

  public LabelledImages {
    files = List.copyOf(files);
    labels = List.copyOf(labels);
  }

  /**
   * Images at any depth. If one of the folders in it is named after a class, all must be.
   *
   * @param classNames in label order
   * @throws DataException if there is no image, or some images are of no known class
   */
  public static LabelledImages in(Path folder, List<String> classNames) {
    if (!Files.isDirectory(folder)) {
      throw new DataException(folder + ": there is no such folder of images");
    }
    var tree = new ImageTree(folder);
    var files = tree.below(folder);
    if (files.isEmpty()) {
      throw new DataException(folder + ": there is no image in this folder");
    }
    var labels = new ArrayList<Integer>();
    var others = new TreeSet<String>();
    for (var file : files) {
      var below = folder.relativize(file);
      var name = below.getNameCount() < 2 ? "" : below.getName(0).toString();
      var label = classNames.indexOf(name);
      if (label < 0) {
        others.add(name.isEmpty() ? below.toString() : name + "/");
      } else {
        labels.add(label);
      }
    }
    if (!labels.isEmpty() && !others.isEmpty()) {
      throw new DataException(
          "%s: some folders are named after classes, but not %s; the classes are %s. Images of no known class belong in another folder, for --impostors"
              .formatted(
                  folder,
                  DataException.shortList(List.copyOf(others)),
                  String.join(", ", classNames)));
    }
    return new LabelledImages(files, labels, tree.warning().orElse(""));
  }

  public boolean labelled() {
    return !labels.isEmpty();
  }
}
