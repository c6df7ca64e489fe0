package org.openmargin.cli.predict;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.openmargin.data.ImageSizes;
import org.openmargin.data.source.StoredSize;

/** Sizes of the images of each folder, to be compared with those of the training. */
final class FolderSizes {
  private final Map<Path, List<ImageSizes.Size>> sizes = new TreeMap<>();

  /** Notes an image that the model can answer. */
  void add(Path file, byte[] encoded) {
    var folder = file.getParent() == null ? Path.of(".") : file.getParent();
    StoredSize.of(encoded)
        .ifPresent(size -> sizes.computeIfAbsent(folder, f -> new ArrayList<>()).add(size));
  }

  /** A warning for each folder whose images have other sizes. */
  void compare(TrainingSizes training, Consumer<String> warnings) {
    sizes.forEach(
        (folder, of) ->
            training
                .warning(new ImageSizes(of).shorterSide())
                .ifPresent(warning -> warnings.accept("warning: " + folder + ": " + warning)));
  }
}
