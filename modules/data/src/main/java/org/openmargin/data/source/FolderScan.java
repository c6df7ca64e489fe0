package org.openmargin.data.source;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.openmargin.data.DataException;
import org.openmargin.files.FileErrors;

/**
 * Finds image files below class folders, sorted by path. Hidden files are ignored; symbolic links
 * and files that are not images are recorded as skipped.
 */
final class FolderScan {

  private static final Set<String> EXTENSIONS = Set.of("png", "jpg", "jpeg");
  private static final Set<String> LITTER = Set.of("thumbs.db", "desktop.ini", "__macosx");

  private final Path root;
  private final List<Path> skipped = new ArrayList<>();
  private final List<Path> empty = new ArrayList<>();

  FolderScan(Path root) {
    this.root = root;
  }

  /** The first of these sub-folders of the root that exists. Symbolic links do not count. */
  Optional<Path> subFolder(String... names) {
    return Arrays.stream(names)
        .map(root::resolve)
        .filter(path -> Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS))
        .findFirst();
  }

  /** Class folders below {@code folder} with their image files. */
  SortedMap<String, List<Path>> classes(Path folder) {
    var classes = new TreeMap<String, List<Path>>();
    for (var entry : entries(folder)) {
      if (Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS)) {
        var files = new ArrayList<Path>();
        collect(entry, files);
        if (files.isEmpty()) {
          empty.add(entry);
        }
        classes.put(entry.getFileName().toString(), List.copyOf(files));
      } else {
        skipped.add(entry);
      }
    }
    return classes;
  }

  /** Image files directly in the root; call after {@link #classes}, which skips them. */
  List<Path> loose() {
    var images = entries(root).stream().filter(FolderScan::isImage).toList();
    skipped.removeAll(images);
    return images;
  }

  /** A path for ids and messages: relative to the root, with slashes. */
  String id(Path file) {
    return root.relativize(file).toString().replace('\\', '/');
  }

  /** Shows that a file has changed, without reading it: its id, size and time. */
  String stamp(Path file) {
    try {
      var attributes = Files.readAttributes(file, BasicFileAttributes.class);
      return "%s %d %s".formatted(id(file), attributes.size(), attributes.lastModifiedTime());
    } catch (IOException e) {
      throw new DataException("%s: cannot be read: %s".formatted(file, FileErrors.reason(e)), e);
    }
  }

  /**
   * Call after all {@link #classes}.
   *
   * @throws DataException if a class folder contains no image
   */
  void mustHaveNoEmptyFolder() {
    if (!empty.isEmpty()) {
      throw new DataException(
          "%s: no PNG or JPEG file in the class folders %s; fill or delete them"
              .formatted(root, DataException.shortList(empty.stream().map(this::id).toList())));
    }
  }

  /** The skipped files, in one sentence. */
  Optional<String> warning() {
    if (skipped.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        "%s: %d files skipped (symbolic links, or not PNG or JPEG files in class folders): %s"
            .formatted(
                root,
                skipped.size(),
                DataException.shortList(skipped.stream().map(this::id).toList())));
  }

  private void collect(Path folder, List<Path> files) {
    for (var entry : entries(folder)) {
      if (Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS)) {
        collect(entry, files);
      } else if (isImage(entry)) {
        files.add(entry);
      } else {
        skipped.add(entry);
      }
    }
  }

  private static List<Path> entries(Path folder) {
    try (var entries = Files.list(folder)) {
      return entries
          .filter(entry -> !isHidden(entry))
          .sorted((a, b) -> a.toString().compareTo(b.toString()))
          .toList();
    } catch (IOException e) {
      throw new DataException(
          "%s: cannot be listed: %s".formatted(folder, FileErrors.reason(e)), e);
    }
  }

  private static boolean isHidden(Path entry) {
    var name = entry.getFileName().toString().toLowerCase(Locale.ROOT);
    return name.startsWith(".") || LITTER.contains(name);
  }

  private static boolean isImage(Path entry) {
    var name = entry.getFileName().toString().toLowerCase(Locale.ROOT);
    return Files.isRegularFile(entry, LinkOption.NOFOLLOW_LINKS)
        && EXTENSIONS.contains(name.substring(name.lastIndexOf('.') + 1));
  }
}
