package org.openmargin.files;

import java.io.File;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;

/** Publishes folders completely or not at all, and deletes them recursively. */
public final class Folders {
  private Folders() {}

  /**
   * Gives a finished folder its final name: syncs all of it to disk, then renames it.
   *
   * @param staged on the same file system as {@code target}
   * @throws FileAlreadyExistsException if the target exists
   */
  public static void publish(Path staged, Path target) throws IOException {
    for (var path : leavesFirst(staged)) {
      sync(path);
    }
    if (Files.exists(target)) {
      throw new FileAlreadyExistsException(target.toString());
    }
    move(staged, target);
  }

  /** Renames a file or folder durably, replacing an old file of that name. */
  public static void move(Path from, Path to) throws IOException {
    Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
    sync(to.toAbsolutePath().getParent());
  }

  /** Deletes a folder recursively, if it exists. */
  public static void delete(Path folder) throws IOException {
    if (Files.exists(folder)) {
      for (var path : leavesFirst(folder)) {
        Files.deleteIfExists(path);
      }
    }
  }

  private static List<Path> leavesFirst(Path folder) throws IOException {
    try (var tree = Files.walk(folder)) {
      return tree.sorted(Comparator.reverseOrder()).toList();
    }
  }

  private static void sync(Path path) throws IOException {
    var isFolder = Files.isDirectory(path);
    if (isFolder && File.separatorChar == '\\') {
      return; // Windows cannot open a folder, and renames last without a sync.
    }
    var mode = isFolder ? StandardOpenOption.READ : StandardOpenOption.WRITE;
    try (var channel = FileChannel.open(path, mode)) {
      channel.force(true);
    }
  }
}
