package org.openmargin.trainer;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.openmargin.files.Folders;
import org.openmargin.runtime.TensorFlowErrors;

/**
 * The checkpoints of a run: written whole or not at all; the newest few and the best one are kept.
 *
 * @param folder the run's {@code checkpoints}
 * @param keep how many of the newest to keep
 */
public record Checkpoints(Path folder, int keep) {
  private static final String PREFIX = "step-";
  private static final String UNFINISHED = ".unfinished-";

  /** All complete checkpoints, oldest first. */
  public List<Checkpoint> all() {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (var entries = Files.list(folder)) {
      return entries
          .filter(p -> p.getFileName().toString().startsWith(PREFIX))
          .map(Checkpoint::read)
          .sorted(Comparator.comparingLong(c -> c.state().step()))
          .toList();
    } catch (IOException e) {
      throw new TrainingException("cannot list the checkpoints in " + folder, e);
    }
  }

  /** The newest complete one. */
  public Optional<Checkpoint> newest() {
    var all = all();
    return all.isEmpty() ? Optional.empty() : Optional.of(all.get(all.size() - 1));
  }

  /**
   * The checkpoint to use.
   *
   * @throws TrainingException if there is none
   */
  public Checkpoint selected(TrainSettings.Selection selection) {
    var none = "there is no checkpoint in " + folder + ": train first";
    var newest = newest().orElseThrow(() -> new TrainingException(none));
    return switch (selection) {
      case LAST_EPOCH -> newest;
      case BEST_VALIDATION_ACCURACY ->
          all().stream()
              .filter(c -> c.state().step() == newest.state().best().step())
              .findFirst()
              .orElseThrow(
                  () ->
                      new TrainingException(
                          "the best checkpoint, step %d, is no longer in %s"
                              .formatted(newest.state().best().step(), folder)));
    };
  }

  /**
   * Writes a checkpoint: {@code write} fills a temporary folder with the variables and returns the
   * state; the folder is then flushed to disk and renamed, and old checkpoints are removed.
   */
  Checkpoint write(long step, Function<Path, Checkpoint.State> write) {
    var unfinished = folder.resolve(UNFINISHED + step);
    try {
      remove(UNFINISHED);
      Files.createDirectories(unfinished);
      var state = write.apply(unfinished);
      writeState(unfinished, state);
      var target = folder.resolve(PREFIX + "%08d".formatted(step));
      Folders.publish(unfinished, target);
      removeOld(state);
      return new Checkpoint(target, state);
    } catch (IOException e) {
      discard(unfinished);
      throw unwritable(e.toString(), e);
    } catch (RuntimeException e) {
      discard(unfinished);
      throw TensorFlowErrors.translated(e, reason -> unwritable(reason, e));
    }
  }

  private TrainingException unwritable(String reason, Exception cause) {
    return new TrainingException(
        "cannot write a checkpoint to %s: %s; the earlier checkpoints are complete"
            .formatted(folder, reason),
        cause);
  }

  private void writeState(Path unfinished, Checkpoint.State state) throws IOException {
    var file = unfinished.resolve(Checkpoint.STATE_FILE);
    try (var out = Files.newBufferedWriter(file, StandardCharsets.ISO_8859_1)) {
      state.toProperties().store(out, null);
    }
  }

  /**
   * Prepares the folder for training.
   *
   * @param resume whether to keep the checkpoints; otherwise they are removed
   * @throws TrainingException if they, or leftovers of a killed process, cannot be removed
   */
  public void clear(boolean resume) {
    try {
      remove(UNFINISHED);
      if (!resume) {
        // Not read first: they may be damaged.
        remove(PREFIX);
      }
    } catch (IOException e) {
      throw new TrainingException("cannot clear " + folder, e);
    }
  }

  private void remove(String prefix) throws IOException {
    if (!Files.isDirectory(folder)) {
      return;
    }
    try (var entries = Files.list(folder)) {
      entries.filter(p -> p.getFileName().toString().startsWith(prefix)).forEach(this::discard);
    }
  }

  private void removeOld(Checkpoint.State state) {
    var all = all();
    all.stream()
        .limit(Math.max(0, all.size() - keep))
        .filter(c -> c.state().step() != state.best().step())
        .forEach(c -> discard(c.folder()));
  }

  private void discard(Path path) {
    try {
      Folders.delete(path);
    } catch (IOException e) {
      throw new TrainingException("cannot remove " + path, e);
    }
  }
}
