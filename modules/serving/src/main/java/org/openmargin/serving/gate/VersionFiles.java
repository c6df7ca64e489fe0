package org.openmargin.serving.gate;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.openmargin.serving.Finding;
import org.openmargin.serving.ModelContract;
import org.openmargin.serving.gallery.StoredGallery;

/** Whether a version has the files and folders of an export, and nothing else. */
record VersionFiles(Path directory) {

  private static final Set<String> FILES =
      Set.of(
          ModelContract.GRAPH_FILE,
          ModelContract.VARIABLES + ".index",
          ModelContract.VARIABLES + ".data-00000-of-00001",
          ModelContract.LABELS,
          ModelContract.DESCRIPTION_FILE,
          ModelContract.EXAMPLES_FILE,
          ModelContract.WARM_UP_FILE);

  private static final Set<String> FOLDERS =
      Set.of("", "assets", "assets.extra", "variables", StoredGallery.FOLDER);

  private static final Set<String> GALLERY =
      StoredGallery.FILES.stream()
          .map(name -> StoredGallery.FOLDER + "/" + name)
          .collect(Collectors.toUnmodifiableSet());

  /** Whoever adds a file can add its digest. */
  Finding check() throws IOException {
    if (Files.isSymbolicLink(directory)) {
      return new Finding(
          false, directory + " is a symbolic link; give the folder that it points to");
    }
    try (var files = Files.walk(directory)) {
      return Finding.of(
          "no files but those of an export",
          files.flatMap(file -> problem(file).stream()).sorted().toList());
    }
  }

  private Optional<String> problem(Path file) {
    var path = directory.relativize(file).toString().replace(File.separatorChar, '/');
    if (Files.isSymbolicLink(file)) {
      return Optional.of(path + " is a symbolic link");
    }
    if (Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS)) {
      return FOLDERS.contains(path)
          ? Optional.empty()
          : Optional.of(path + " is no folder of an export");
    }
    if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
      return Optional.of(path + " is neither a file nor a folder");
    }
    var known =
        FILES.contains(path)
            || ModelContract.ORIGIN.contains(path)
            || ModelContract.WRITTEN_LATER.contains(path)
            || GALLERY.contains(path);
    return known ? Optional.empty() : Optional.of(path + " is no file of an export");
  }

  /** Those that are there, but cannot simply be read: whoever opens them may wait for ever. */
  static List<Path> special(List<Path> files) {
    return files.stream().filter(file -> Files.exists(file) && !Files.isRegularFile(file)).toList();
  }
}
