package org.openmargin.spark;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.openmargin.files.FileErrors;
import org.openmargin.files.image.ImageName;

/**
 * Image files below a folder, at any depth: the same as {@code openmargin score} finds without
 * Spark, in the same order. Spark's own source {@code binaryFile} passes over names that begin with
 * an underscore, as many cameras' do, and over files that cannot be read; here each is a row.
 */
record FileListing(Places places) {

  /**
   * @throws ArchiveException if a folder cannot be listed, or there is no image
   */
  List<ArchiveItem> below(Path folder) {
    var items = new ArrayList<ArchiveItem>();
    collect(folder, Set.of(), items);
    if (items.isEmpty()) {
      throw new ArchiveException(Places.text(folder) + ": there is no image");
    }
    return items;
  }

  private void collect(Path folder, Set<String> above, List<ArchiveItem> items) {
    var real = real(folder);
    if (above.contains(real)) {
      return; // a link to a folder above it
    }
    var chain = new HashSet<>(above);
    chain.add(real);
    for (var entry : entries(folder)) {
      var name = ImageName.of(entry.getPath().getName());
      if (name == ImageName.HIDDEN) {
        continue;
      }
      if (entry.isDirectory()) {
        collect(entry.getPath(), chain, items);
      } else if (name != ImageName.OTHER && isRegular(entry.getPath())) {
        var doubtful = name == ImageName.DOUBTFUL;
        items.add(new ArchiveItem.InPlace(Places.text(entry.getPath()), doubtful));
      }
    }
  }

  private List<FileStatus> entries(Path folder) {
    try {
      var entries = places.files(folder).listStatus(folder);
      Arrays.sort(entries, Comparator.comparing(entry -> entry.getPath().toString()));
      return List.of(entries);
    } catch (IOException e) {
      throw new ArchiveException(
          Places.text(folder) + ": cannot be listed: " + FileErrors.reason(e), e);
    }
  }

  /** Not a pipe, which would be waited for. */
  private static boolean isRegular(Path file) {
    return !Places.isLocal(file) || Files.isRegularFile(local(file));
  }

  private static String real(Path folder) {
    try {
      return Places.isLocal(folder) ? local(folder).toRealPath().toString() : folder.toString();
    } catch (IOException e) {
      throw new ArchiveException(
          Places.text(folder) + ": cannot be listed: " + FileErrors.reason(e), e);
    }
  }

  private static java.nio.file.Path local(Path path) {
    return java.nio.file.Path.of(path.toUri().getPath());
  }
}
