package org.openmargin.benchmark;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.openmargin.config.plan.PlannedTrial;
import org.openmargin.config.v1.DataConfig;
import org.openmargin.data.DataException;
import org.openmargin.data.source.MedMnist;
import org.openmargin.experiment.wiring.DataFolder;

/**
 * Images that are not where the plan says: a fault of the command, not of the trials, and found
 * before any of them starts.
 */
final class DataPlaces {
  private DataPlaces() {}

  /**
   * @throws DataException if an archive or a folder of images is not there
   */
  static void require(List<PlannedTrial> trials) {
    trials.stream()
        .map(trial -> trial.experiment().getData())
        .map(data -> data.toBuilder().clearKnownClasses().build())
        .distinct()
        .forEach(DataPlaces::require);
  }

  private static void require(DataConfig data) {
    switch (data.getSourceCase()) {
      case NPZ -> exists(data.getNpz().getPath(), "data.npz.path");
      case FOLDER -> exists(data.getFolder().getPath(), "data.folder.path");
      case MEDMNIST -> {
        var set = MedMnist.named(data.getMedmnist().getName());
        var size = data.getMedmnist().getSizePx();
        var directory = data.getMedmnist().getDirectory();
        var folder = DataFolder.of(directory);
        if (!Files.exists(folder.resolve(set.fileName(size)))) {
          throw new DataException(
              "%s is not in %s: fetch it with: %s"
                  .formatted(
                      set.fileName(size), folder, DataFolder.fetching(set, size, directory)));
        }
      }
      case SYNTHETIC_CELLS, CUSTOM, SOURCE_NOT_SET -> {}
    }
  }

  private static void exists(String path, String field) {
    if (!Files.exists(Path.of(path))) {
      throw new DataException(
          "%s is not there: say where the images are: --set %s=PATH".formatted(path, field));
    }
  }
}
