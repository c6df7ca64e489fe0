package org.openmargin.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The content of a folder. */
final class Tree {
  private Tree() {}

  /** Relative paths of all files and folders, sorted; empty if the folder does not exist. */
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
