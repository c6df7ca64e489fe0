package org.openmargin.exporter;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.openmargin.files.FolderLock;
import org.openmargin.files.Folders;
import org.openmargin.serving.ModelException;

/**
 * The directory of a model's versions. One export at a time writes there; another waits, and then
 * gets the next version.
 */
public record ModelFolder(Path path) {
  /** Of folders under construction; model servers ignore them. */
  static final String STAGING = ".export-";

  /** Stays, and means nothing by itself. */
  static final String LOCK = ".lock";

  /**
   * Does the work of an export, after the remains of exports that were killed are removed.
   *
   * @throws ModelException if another thread of this process exports there
   */
  public <T> T exporting(FolderLock.Work<T> work) throws IOException {
    var missing = missing();
    try {
      return new FolderLock(path.resolve(LOCK))
          .holding(
              () -> {
                removeRemains();
                return work.run();
              })
          .orElseThrow(
              () ->
                  new ModelException(
                      "another thread of this process exports to %s; let it finish first"
                          .formatted(path)));
    } finally {
      removeEmpty(missing);
    }
  }

  /** This folder and those above it that do not exist, lowest first. */
  private List<Path> missing() {
    var missing = new ArrayList<Path>();
    for (var folder = path.toAbsolutePath().normalize();
        folder != null && Files.notExists(folder);
        folder = folder.getParent()) {
      missing.add(folder);
    }
    return missing;
  }

  /** Nobody works on them, because nobody else holds the lock. */
  private void removeRemains() throws IOException {
    try (var children = Files.newDirectoryStream(path, STAGING + "*")) {
      for (var child : children) {
        Folders.delete(child);
      }
    }
  }

  /** A failed export leaves no folder behind that holds nothing but a lock. */
  private static void removeEmpty(List<Path> folders) throws IOException {
    for (var folder : folders) {
      if (!Files.isDirectory(folder) || !holdsOnlyLock(folder)) {
        return;
      }
      Files.deleteIfExists(folder.resolve(LOCK));
      Files.deleteIfExists(folder);
    }
  }

  private static boolean holdsOnlyLock(Path folder) throws IOException {
    try (var children = Files.list(folder)) {
      return children.allMatch(child -> child.getFileName().toString().equals(LOCK));
    }
  }
}
