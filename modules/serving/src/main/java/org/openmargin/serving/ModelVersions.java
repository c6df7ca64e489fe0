package org.openmargin.serving;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** The versions of a model in TensorFlow Serving's layout: directories whose names are numbers. */
public final class ModelVersions {
  /** Up to 18 digits, to fit a long, after any number of leading zeros. */
  private static final Pattern NUMBER = Pattern.compile("0*[0-9]{1,18}");

  private ModelVersions() {}

  public static SortedMap<Long, Path> in(Path model) throws IOException {
    var versions = new TreeMap<Long, Path>();
    try (var children = Files.list(model)) {
      for (var child : children.filter(Files::isDirectory).toList()) {
        var name = child.getFileName().toString();
        if (NUMBER.matcher(name).matches()) {
          versions.put(Long.valueOf(name), child);
        }
      }
    }
    return versions;
  }
}
