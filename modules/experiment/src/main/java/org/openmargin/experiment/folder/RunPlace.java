package org.openmargin.experiment.folder;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.openmargin.config.v1.DataConfig;
import org.openmargin.config.v1.FolderSourceConfig;
import org.openmargin.config.v1.MergedPartConfig;
import org.openmargin.files.FileErrors;

/**
 * Whether a new run may be written to a folder. Its files would lie among those of others, or
 * become classes of the images.
 *
 * @param images folders of class folders, if that is where images come from
 */
public record RunPlace(Path folder, List<Path> images) {
  private static final int SHOWN = 3;

  /**
   * Left by a training that ended before its first step; the log is that of a benchmark's trial.
   */
  private static final Set<String> OWN =
      Set.of("lock", "log.txt", "provenance.json", "checkpoints");

  public RunPlace {
    images = List.copyOf(images);
  }

  /** Folders of class folders that images come from. */
  public static List<Path> imageFolders(DataConfig data) {
    var own = data.hasFolder() ? Stream.of(data.getFolder()) : Stream.<FolderSourceConfig>empty();
    var parts =
        data.getMerged().getSourcesList().stream()
            .filter(MergedPartConfig::hasFolder)
            .map(MergedPartConfig::getFolder);
    return Stream.concat(own, parts).map(source -> Path.of(source.getPath())).toList();
  }

  /**
   * @throws RunException naming what is in the way and what would be right
   */
  public void requireUsable() {
    requireName(folder);
    images.forEach(data -> requireApart("run", folder, data, "TrainRequest.folder"));
    if (Files.exists(folder) && !Files.isDirectory(folder)) {
      throw new RunException(
          folder + " is a file; a run needs a folder of its own: give another TrainRequest.folder");
    }
    var others = others();
    if (!others.isEmpty()) {
      throw new RunException(
          "%s holds no run but other files (%s): give another TrainRequest.folder, new or empty"
              .formatted(folder, shown(others)));
    }
    requireWritable(folder);
  }

  /**
   * @throws RunException for an empty name, such as that of an unset variable
   */
  public static void requireName(Path folder) {
    if (folder.toString().isBlank()) {
      throw new RunException(
          "the name of the run folder is empty: give another TrainRequest.folder, such as runs/mine");
    }
  }

  /**
   * @throws RunException if files cannot be written there
   */
  public static void requireWritable(Path folder) {
    var place = nearest(folder.toAbsolutePath().normalize());
    if (!Files.isDirectory(place)) {
      throw new RunException("%s cannot be a folder: %s is a file".formatted(folder, place));
    }
    if (!Files.isWritable(place)) {
      throw new RunException(
          "cannot write to %s: permission denied for %s".formatted(folder, place));
    }
  }

  /**
   * @param what the folder is for: a run or a model
   * @param setting that says where
   * @throws RunException if it is the folder of the images, lies in it or contains it
   */
  public static void requireApart(String what, Path folder, Path images, String setting) {
    var place = real(folder);
    var source = real(images);
    if (place.startsWith(source) || source.startsWith(place)) {
      var how = place.equals(source) ? "is" : place.startsWith(source) ? "lies in" : "contains";
      throw new RunException(
          "the %s folder %s %s the folder of the images, %s: its files would become classes; give another %s"
              .formatted(what, folder, how, images, setting));
    }
  }

  /** Without symbolic links, as far as the path exists. */
  private static Path real(Path path) {
    var whole = path.toAbsolutePath().normalize();
    var there = nearest(whole);
    try {
      return there.toRealPath().resolve(there.relativize(whole)).normalize();
    } catch (IOException e) {
      return whole;
    }
  }

  private static Path nearest(Path path) {
    var there = path;
    while (!Files.exists(there) && there.getParent() != null) {
      there = there.getParent();
    }
    return there;
  }

  private List<String> others() {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (var entries = Files.list(folder)) {
      return entries
          .map(entry -> entry.getFileName().toString())
          .filter(name -> !OWN.contains(name))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new RunException("cannot read " + folder + ": " + FileErrors.reason(e), e);
    }
  }

  private static String shown(List<String> names) {
    var first = String.join(", ", names.subList(0, Math.min(SHOWN, names.size())));
    return names.size() > SHOWN ? first + ", ..." : first;
  }
}
