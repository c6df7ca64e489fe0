package org.openmargin.trainer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.openmargin.files.FileErrors;
import org.openmargin.files.Folders;

/** The folders of checkpoints in a folder: complete, unfinished and damaged ones. */
record CheckpointFolders(Path folder) {
  static final String UNFINISHED = ".unfinished-";
  static final String DAMAGED = "damaged-";
  private static final Pattern STEP = Pattern.compile(StateFile.FOLDER_PREFIX + "\\d{8,}");

  /** Of the complete ones, oldest first. */
  List<Path> complete() {
    return entries(StateFile.FOLDER_PREFIX).stream()
        .filter(path -> STEP.matcher(path.getFileName().toString()).matches())
        .sorted(
            Comparator.comparingInt((Path path) -> path.toString().length())
                .thenComparing(Path::toString))
        .toList();
  }

  /** Whether training can be resumed. */
  boolean holdsIntact() {
    return complete().stream().anyMatch(CheckpointFolders::isIntact);
  }

  private static boolean isIntact(Path checkpoint) {
    try {
      Checkpoint.requireIntact(checkpoint);
      return true;
    } catch (StateFile.Damage | TrainingException e) {
      return false;
    }
  }

  /**
   * Renames damaged checkpoints, so that training goes on from the newest intact one.
   *
   * @param notices receives a sentence for each
   * @throws TrainingException if all are damaged
   */
  void setDamagedAside(Consumer<String> notices) {
    var flaws = new ArrayList<Path>();
    var reasons = new ArrayList<String>();
    var folders = complete();
    for (var each : folders) {
      try {
        Checkpoint.requireIntact(each);
      } catch (StateFile.Damage e) {
        flaws.add(each);
        reasons.add(e.getMessage());
      }
    }
    if (!flaws.isEmpty() && flaws.size() == folders.size()) {
      throw new TrainingException(
          "no checkpoint is intact: %s; the training has to start anew"
              .formatted(String.join("; ", reasons)));
    }
    IntStream.range(0, flaws.size()).forEach(i -> setAside(flaws.get(i), reasons.get(i), notices));
  }

  private void setAside(Path flaw, String reason, Consumer<String> notices) {
    var aside = folder.resolve(DAMAGED + flaw.getFileName());
    try {
      Folders.delete(aside);
      Folders.move(flaw, aside);
    } catch (IOException e) {
      throw new TrainingException("cannot rename " + flaw + ": " + FileErrors.reason(e), e);
    }
    notices.accept(
        "%s; it is now called %s, and the intact ones are used"
            .formatted(reason, aside.getFileName()));
  }

  /** Removes those whose names begin so. */
  void remove(String prefix) {
    entries(prefix).forEach(this::discard);
  }

  /** Those whose names begin so, in any order. */
  List<Path> entries(String prefix) {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (var entries = Files.list(folder)) {
      return entries.filter(p -> p.getFileName().toString().startsWith(prefix)).toList();
    } catch (IOException e) {
      throw new TrainingException(
          "cannot list the checkpoints in %s: %s".formatted(folder, FileErrors.reason(e)), e);
    }
  }

  /** Removes one. */
  void discard(Path path) {
    try {
      Folders.delete(path);
    } catch (IOException e) {
      throw new TrainingException("cannot remove " + path, e);
    }
  }
}
