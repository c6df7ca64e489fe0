package org.openmargin.files;

import java.nio.file.Files;
import java.nio.file.Path;

/** What may be wrong with a path at which there is nothing. */
public final class PathHints {
  private PathHints() {}

  /** The end of a message that says that there is nothing: a hint, or the working directory. */
  public static String missing(Path path) {
    var text = path.toString();
    if (text.equals("~") || text.startsWith("~/") || text.startsWith("~\\")) {
      return "; ~ stands for the home folder in a shell only: write %s"
          .formatted(Path.of(System.getProperty("user.home") + text.substring(1)));
    }
    if (text.chars().anyMatch(c -> c < ' ')) {
      return "; it holds control characters: in quotes, write / or \\\\ in place of \\";
    }
    var slashes = text.replace('\\', '/');
    if (!slashes.equals(text)) {
      return Files.exists(Path.of(slashes))
          ? "; write " + slashes
          : "; here folders are separated by /, not \\";
    }
    return path.isAbsolute()
        ? ""
        : "; the working directory is " + Path.of("").toAbsolutePath().normalize();
  }
}
