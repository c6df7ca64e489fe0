package org.openmargin.spark;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.regex.Pattern;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.openmargin.files.FileErrors;

/**
 * Places of archives: a path, on Spark's default file system, or an address such as {@code
 * s3a://bucket/folder}.
 */
record Places(Configuration hadoop) {
  private static final Pattern ADDRESS =
      Pattern.compile("[a-zA-Z][a-zA-Z0-9+.-]+:/.*", Pattern.DOTALL);
  private static final String FILE = "file";

  /** An option of readers: brackets and stars in a place mean themselves. */
  static final String NO_PATTERN = "__globPaths__";

  /** Whether it names a file system. */
  static boolean isAddress(String place) {
    return ADDRESS.matcher(place).matches();
  }

  static boolean isLocal(Path path) {
    return FILE.equals(path.toUri().getScheme());
  }

  /** As it stands in the table of answers: a plain path on a local file system, else an address. */
  static String text(Path path) {
    return isLocal(path)
        ? java.nio.file.Path.of(path.toUri().getPath()).toAbsolutePath().normalize().toString()
        : path.toString();
  }

  /**
   * The place with its file system.
   *
   * @throws ArchiveException if there is no such file system
   */
  Path path(String place) {
    try {
      // A path with a colon is no address.
      var path = isAddress(place) ? new Path(place) : new Path(null, null, place);
      return files(path).makeQualified(path);
    } catch (IllegalArgumentException e) {
      throw new ArchiveException(place + ": is no place for files: " + e.getMessage(), e);
    }
  }

  /**
   * @throws ArchiveException if there is no such file system
   */
  FileSystem files(Path path) {
    try {
      return path.getFileSystem(hadoop);
    } catch (IOException e) {
      throw new ArchiveException(path + ": cannot be reached: " + FileErrors.reason(e), e);
    }
  }

  /**
   * @throws ArchiveException if there is nothing there
   */
  FileStatus status(Path path) {
    try {
      return files(path).getFileStatus(path);
    } catch (FileNotFoundException e) {
      throw new ArchiveException(path + ": there is no such file or folder", e);
    } catch (IOException e) {
      throw new ArchiveException(path + ": cannot be read: " + FileErrors.reason(e), e);
    }
  }
}
