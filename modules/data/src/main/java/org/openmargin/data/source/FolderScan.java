package org.openmargin.data.source;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.openmargin.data.DataException;
import org.openmargin.data.entry.Split;
import org.openmargin.files.image.EncodedImage;

/** Finds class folders with their image files, as {@link ImageTree} does, and folders of splits. */
final class FolderScan {

  private final Path root;
  private final ImageTree tree;
  private final List<Path> empty = new ArrayList<>();

  FolderScan(Path root) {
    this.root = root;
    this.tree = new ImageTree(root);
  }

  /**
   * The folders of splits below the root; other folders beside them are skipped.
   *
   * @param classNames given by the user: such a folder is a class, whatever its name
   * @throws DataException if two have one meaning, or a folder could be a split or a class
   */
  Map<Split, Path> splits(List<String> classNames) {
    var folders = tree.entries(root).stream().filter(Files::isDirectory).toList();
    var found = new EnumMap<Split, Path>(Split.class);
    for (var folder : folders) {
      var split = Split.of(folder.getFileName().toString());
      if (split.isPresent() && !classNames.contains(folder.getFileName().toString())) {
        var other = found.putIfAbsent(split.get(), folder);
        if (other != null) {
          throw new DataException(
              "%s: %s/ and %s/ both look like %s; keep one of them"
                  .formatted(root, tree.id(other), tree.id(folder), split.get().folder()));
        }
      }
    }
    if (found.isEmpty()) {
      return found;
    }
    if (!found.containsKey(Split.TRAIN)) {
      var names = found.values().stream().map(tree::id).collect(Collectors.joining(", "));
      throw new DataException(
          "%s: %s looks like a part of a data set, but there is no train/; add it or, if it is a class, rename it or list all class_names"
              .formatted(root, names));
    }
    folders.stream()
        .filter(folder -> !found.containsValue(folder))
        .forEach(folder -> tree.skip(folder, "/ (beside train/, and no split)"));
    return found;
  }

  /** Class folders below {@code folder} with their image files. */
  SortedMap<String, List<Path>> classes(Path folder) {
    var classes = new TreeMap<String, List<Path>>();
    for (var entry : tree.entries(folder)) {
      if (Files.isDirectory(entry)) {
        mustHoldNoSplits(entry);
        var files = tree.below(entry);
        if (files.isEmpty()) {
          empty.add(entry);
        }
        classes.put(entry.getFileName().toString(), files);
      } else {
        tree.skip(entry, "");
      }
    }
    return classes;
  }

  /** Groups of foreign images: folders of any name. */
  SortedMap<String, List<Path>> groups() {
    var groups = new TreeMap<String, List<Path>>();
    for (var entry : tree.entries(root)) {
      if (Files.isDirectory(entry)) {
        groups.put(entry.getFileName().toString(), tree.below(entry));
      }
    }
    return groups;
  }

  /** Image files directly in the root. */
  List<Path> loose() {
    return tree.entries(root).stream()
        .filter(entry -> !Files.isDirectory(entry) && tree.take(entry))
        .toList();
  }

  /** A path for ids and messages: relative to the root, with slashes. */
  String id(Path file) {
    return tree.id(file);
  }

  /**
   * Call after all {@link #classes}.
   *
   * @throws DataException if a class folder contains no image
   */
  void mustHaveNoEmptyFolder() {
    if (!empty.isEmpty()) {
      var skipped = tree.skipped();
      throw new DataException(
          "%s: no %s file in the class folders %s; fill or delete them%s"
              .formatted(
                  root,
                  EncodedImage.FORMATS,
                  DataException.shortList(empty.stream().map(tree::id).toList()),
                  skipped.isEmpty() ? "" : "; skipped files: " + DataException.shortList(skipped)));
    }
  }

  /** The skipped files, in one sentence. */
  Optional<String> warning() {
    return tree.warning();
  }

  private void mustHoldNoSplits(Path folder) {
    var splits =
        tree.entries(folder).stream()
            .filter(Files::isDirectory)
            .filter(entry -> Split.of(entry.getFileName().toString()).isPresent())
            .toList();
    if (splits.size() > 1) {
      throw new DataException(
          "%s: %s/ holds %s; splits must be above the class folders: give %s as the folder, or move them up"
              .formatted(
                  root,
                  tree.id(folder),
                  splits.stream()
                      .map(s -> s.getFileName() + "/")
                      .collect(Collectors.joining(" and ")),
                  folder));
    }
  }
}
