package org.openmargin.inference.archive;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.openmargin.data.DataException;
import org.openmargin.data.manifest.FileList;
import org.openmargin.data.source.ImageTree;
import org.openmargin.files.PathHints;

/**
 * The files of an archive.
 *
 * @param skipped a sentence about other files in a folder; empty if there are none
 */
public record ArchiveFiles(List<Path> files, String skipped) {
  public ArchiveFiles {
    files = List.copyOf(files);
  }

  /**
   * @param place a folder, searched at any depth; or a manifest: a table (CSV) with a column {@code
   *     file} or {@code path}, or a text file with a path per line, relative to it
   * @throws DataException if it cannot be read, or names no file
   */
  public static ArchiveFiles in(Path place) {
    var found = Files.isDirectory(place) ? folder(place) : manifest(place);
    if (found.files().isEmpty()) {
      throw new DataException(place + ": there is no image");
    }
    return found;
  }

  private static ArchiveFiles folder(Path place) {
    var tree = new ImageTree(place);
    var files = tree.below(place);
    return new ArchiveFiles(files, tree.warning().orElse(""));
  }

  private static ArchiveFiles manifest(Path place) {
    if (Files.notExists(place)) {
      throw new DataException(
          place + ": there is no such file or folder" + PathHints.missing(place));
    }
    return new ArchiveFiles(FileList.of(place), "");
  }
}
