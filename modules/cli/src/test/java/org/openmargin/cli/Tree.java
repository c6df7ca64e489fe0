package org.openmargin.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What lies below a folder. */
final class Tree {
  private Tree() {}

  /** Relative paths of all files and folders, sorted; nothing if there is no such folder. */
  static List<String> of(Path folder) {
    if (!Files.exists(folder)) {
      return List.of();
    }
    try (var tree = Files.walk(folder)) {
      return tree.map(path -> folder.relativize(path).toString())
          .filter(path -> !path.isEmpty())
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
