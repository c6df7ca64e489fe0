package org.openmargin.experiment;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.openmargin.config.v1.TrainingConfig;
import org.openmargin.experiment.folder.ProcessLock;
import org.openmargin.experiment.folder.RunException;
import org.openmargin.experiment.folder.RunFolder;
import org.openmargin.files.FileErrors;
import org.openmargin.trainer.Checkpoints;
import org.openmargin.trainer.TrainSettings.Selection;

/**
 * What was removed from a run.
 *
 * @param removed folders of checkpoints
 * @param bytes they took
 */
public record Pruned(List<Path> removed, long bytes) {
  public Pruned {
    removed = List.copyOf(removed);
  }

  static Pruned of(RunFolder files, TrainingConfig training) {
    return new ProcessLock(files.lock())
        .holding(() -> pruned(files, training))
        .orElseThrow(() -> new RunException("another process is training in " + files.path()));
  }

  private static Pruned pruned(RunFolder files, TrainingConfig training) {
    var selection =
        switch (training.getSelection()) {
          case BEST_VALIDATION_ACCURACY -> Selection.BEST_VALIDATION_ACCURACY;
          case LAST_EPOCH -> Selection.LAST_EPOCH;
        };
    var checkpoints = new Checkpoints(files.checkpoints(), training.getKeepCheckpoints());
    var before = bytes(files.checkpoints());
    var removed = checkpoints.prune(selection, RunProvenance.read(files).isFinished());
    return new Pruned(removed, before - bytes(files.checkpoints()));
  }

  private static long bytes(Path folder) {
    var bytes = 0L;
    try (var tree = Files.walk(folder)) {
      for (var file : tree.filter(Files::isRegularFile).toList()) {
        bytes += Files.size(file);
      }
      return bytes;
    } catch (IOException e) {
      throw new RunException("cannot list " + folder + ": " + FileErrors.reason(e), e);
    }
  }
}
