package org.openmargin.trainer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
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
  /**
   * All complete checkpoints, oldest first.
   *
   * @throws TrainingException if the state of one is damaged
   */
  public List<Checkpoint> all() {
    return folders().complete().stream().map(Checkpoint::read).toList();
  }

  /**
   * The newest complete one.
   *
   * @throws TrainingException if its state is damaged
   */
  public Optional<Checkpoint> newest() {
    var folders = folders().complete();
    return folders.isEmpty()
        ? Optional.empty()
        : Optional.of(Checkpoint.read(folders.get(folders.size() - 1)));
  }

  private CheckpointFolders folders() {
    return new CheckpointFolders(folder);
  }

  /**
   * Renames damaged checkpoints, so that training goes on from the newest intact one.
   *
   * @param notices receives a sentence for each
   * @throws TrainingException if all are damaged
   */
  public void setDamagedAside(Consumer<String> notices) {
    folders().setDamagedAside(notices);
  }

  /** Whether there is a newest one and nothing in it was changed. */
  public boolean isNewestIntact() {
    var folders = folders().complete();
    if (folders.isEmpty()) {
      return false;
    }
    try {
      Checkpoint.requireIntact(folders.get(folders.size() - 1));
      return true;
    } catch (StateFile.Damage e) {
      return false;
    }
  }

  /**
   * The checkpoint to use.
   *
   * @throws TrainingException if there is none, or it or the newest one is damaged
   */
  public Checkpoint selected(TrainSettings.Selection selection) {
    var none = "there is no checkpoint in " + folder + ": train first";
    var newest = newest().orElseThrow(() -> new TrainingException(none));
    return switch (selection) {
      case LAST_EPOCH -> newest.requireIntact();
      case BEST_VALIDATION_ACCURACY -> at(newest.state().best().step()).requireIntact();
    };
  }

  private Checkpoint at(long step) {
    var best = folder.resolve(StateFile.folderName(step));
    if (!Files.isDirectory(best)) {
      throw new TrainingException(
          "the best checkpoint, step %d, is no longer in %s".formatted(step, folder));
    }
    return Checkpoint.read(best);
  }

  /** The best one, as a state says it, or of those that are left if that one is gone. */
  Checkpoint.Best best(Checkpoint.State state) {
    if (Files.isDirectory(folder.resolve(StateFile.folderName(state.best().step())))) {
      return state.best();
    }
    var best = Checkpoint.Best.NONE;
    for (var left : all()) {
      if (left.state().isValidated()) {
        best = best.or(left.state().step(), left.state().validationAccuracy());
      }
    }
    return best;
  }

  /**
   * Writes a checkpoint: {@code write} fills a temporary folder with the variables and returns the
   * state; the folder is then flushed to disk and renamed, and old checkpoints are removed.
   */
  Checkpoint write(long step, Function<Path, Checkpoint.State> write) {
    var unfinished = folder.resolve(CheckpointFolders.UNFINISHED + step);
    try {
      folders().remove(CheckpointFolders.UNFINISHED);
      Files.createDirectories(unfinished);
      var state = write.apply(unfinished);
      StateFile.write(unfinished, state);
      var target = folder.resolve(StateFile.folderName(step));
      Folders.publish(unfinished, target);
      removeOld(state);
      return new Checkpoint(target, state);
    } catch (IOException e) {
      folders().discard(unfinished);
      throw unwritable(e.toString(), e);
    } catch (RuntimeException e) {
      folders().discard(unfinished);
      throw TensorFlowErrors.translated(e, reason -> unwritable(reason, e));
    }
  }

  private TrainingException unwritable(String reason, Exception cause) {
    return new TrainingException(
        "cannot write a checkpoint to %s: %s; the earlier checkpoints are complete"
            .formatted(folder, reason),
        cause);
  }

  /**
   * Prepares the folder for training.
   *
   * @param resume whether to keep the checkpoints; otherwise they are removed
   * @throws TrainingException if they, or leftovers of a killed process, cannot be removed
   */
  public void clear(boolean resume) {
    folders().remove(CheckpointFolders.UNFINISHED);
    if (!resume) {
      // Not read first: they may be damaged.
      folders().remove(StateFile.FOLDER_PREFIX);
      folders().remove(CheckpointFolders.DAMAGED);
    }
  }

  /** Those of interruptions are not needed once there is a newer one. */
  private void removeOld(Checkpoint.State state) {
    var all = all();
    var newest = all.subList(0, all.size() - 1).stream();
    newest.filter(c -> !c.state().isValidated()).forEach(c -> folders().discard(c.folder()));
    var validated = all.stream().filter(c -> c.state().isValidated()).toList();
    validated.stream()
        .limit(Math.max(0, validated.size() - keep))
        .filter(c -> c.state().step() != state.best().step())
        .forEach(c -> folders().discard(c.folder()));
  }

  /**
   * Removes what evaluation and export do not need: all but the selected checkpoint and, unless
   * training is finished, the newest one.
   *
   * @return the folders that were removed
   */
  public List<Path> prune(TrainSettings.Selection selection, boolean finished) {
    var needed = new ArrayList<>(List.of(selected(selection).folder()));
    if (!finished) {
      newest().ifPresent(checkpoint -> needed.add(checkpoint.folder()));
    }
    var removed = new ArrayList<>(folders().entries(CheckpointFolders.DAMAGED));
    removed.addAll(folders().entries(CheckpointFolders.UNFINISHED));
    folders().complete().stream().filter(each -> !needed.contains(each)).forEach(removed::add);
    removed.forEach(folders()::discard);
    return List.copyOf(removed);
  }
}
