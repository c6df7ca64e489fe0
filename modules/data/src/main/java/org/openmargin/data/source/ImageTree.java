package org.openmargin.data.source;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.openmargin.data.DataException;
import org.openmargin.files.FileErrors;
import org.openmargin.files.image.EncodedImage;
import org.openmargin.files.image.ImageName;

/**
 * Finds image files at any depth, sorted by path. Symbolic links are followed. A file is an image
 * if its name ends as images do or, without such an ending, if it begins like one. Hidden files are
 * passed over; all others are kept in mind as skipped.
 */
public final class ImageTree {

  private final Path root;
  private final List<String> skipped = new ArrayList<>();

  /**
   * @param root to which names in messages are relative
   */
  public ImageTree(Path root) {
    this.root = root;
  }

  /**
   * Image files below a folder, at any depth.
   *
   * @throws DataException if a folder cannot be listed
   */
  public List<Path> below(Path folder) {
    var files = new ArrayList<Path>();
    collect(folder, Set.of(), files);
    return List.copyOf(files);
  }

  /** What a folder holds, sorted, but for hidden files. */
  List<Path> entries(Path folder) {
    try (var entries = Files.list(folder)) {
      return entries
          .filter(entry -> !isHidden(entry))
          .peek(ImageTree::mustBeReadable)
          .sorted((a, b) -> a.toString().compareTo(b.toString()))
          .toList();
    } catch (IOException e) {
      throw new DataException(
          "%s: cannot be listed: %s".formatted(folder, FileErrors.reason(e)), e);
    }
  }

  /** Whether a file is an image; if not, it is skipped. */
  boolean take(Path entry) {
    var problem = ImageEntry.problem(entry);
    problem.ifPresent(why -> skipped.add(id(entry) + why));
    return problem.isEmpty();
  }

  /** Leaves an entry out, with a reason such as {@code " (not a split)"}. */
  void skip(Path entry, String why) {
    skipped.add(id(entry) + why);
  }

  /** A path for ids and messages: relative to the root, with slashes. */
  String id(Path file) {
    return root.relativize(file).toString().replace('\\', '/');
  }

  /** What was skipped, with names. */
  public List<String> skipped() {
    return List.copyOf(skipped);
  }

  /** The skipped files, in one sentence. */
  public Optional<String> warning() {
    return skipped.isEmpty()
        ? Optional.empty()
        : Optional.of(
            "%s: %d file%s skipped, because only %s images are read: %s"
                .formatted(
                    root,
                    skipped.size(),
                    skipped.size() == 1 ? "" : "s",
                    EncodedImage.FORMATS,
                    DataException.shortList(skipped)));
  }

  private void collect(Path folder, Set<Path> above, List<Path> files) {
    var real = real(folder);
    if (above.contains(real)) {
      skip(folder, " (a link to a folder above it)");
      return;
    }
    var chain = new HashSet<>(above);
    chain.add(real);
    for (var entry : entries(folder)) {
      if (Files.isDirectory(entry)) {
        collect(entry, chain, files);
      } else if (take(entry)) {
        files.add(entry);
      }
    }
  }

  private static Path real(Path folder) {
    try {
      return folder.toRealPath();
    } catch (IOException e) {
      throw new DataException(
          "%s: cannot be listed: %s".formatted(folder, FileErrors.reason(e)), e);
    }
  }

  /** Java replaces what it cannot decode, and different names become the same. */
  private static void mustBeReadable(Path entry) {
    if (entry.getFileName().toString().indexOf('\ufffd') >= 0) {
      throw new DataException(
          "%s: this name cannot be read in the present locale, which may be missing on this machine; set LC_ALL=C.UTF-8"
              .formatted(entry));
    }
  }

  private static boolean isHidden(Path entry) {
    return ImageName.of(entry.getFileName().toString()) == ImageName.HIDDEN;
  }
}
