package org.openmargin.data.source;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Files of three-dimensional images, which are not read, by the endings of their names. */
public final class Volumes {
  private static final Map<String, String> FORMATS =
      Map.of(
          ".nii", "NIfTI",
          ".nii.gz", "NIfTI",
          ".mha", "MetaImage",
          ".mhd", "MetaImage",
          ".nrrd", "NRRD",
          ".nhdr", "NRRD",
          ".mnc", "MINC",
          ".mgz", "FreeSurfer",
          ".mgh", "FreeSurfer");

  private Volumes() {}

  /** The name of its format; empty for all other files. */
  public static Optional<String> format(Path file) {
    var name = file.getFileName() == null ? "" : file.getFileName().toString();
    var lower = name.toLowerCase(Locale.ROOT);
    return FORMATS.entrySet().stream()
        .filter(format -> lower.endsWith(format.getKey()))
        .map(Map.Entry::getValue)
        .findFirst();
  }
}
