package org.openmargin.experiment;

import java.nio.file.Path;
import java.util.List;
import org.openmargin.trainer.RunListener;

/**
 * How to train.
 *
 * @param folder of the run
 * @param listeners informed of progress, besides the run's own files
 */
public record TrainRequest(Path folder, Existing existing, List<RunListener> listeners) {

  /** What to do with a run already in the folder. */
  public enum Existing {
    /** Leave it unchanged and fail. */
    REFUSE,
    /** Continue from its newest checkpoint. */
    RESUME,
    /** Remove its checkpoints and start over. */
    OVERWRITE
  }

  public TrainRequest {
    listeners = List.copyOf(listeners);
  }

  /** A new run in {@code folder}. */
  public static TrainRequest in(Path folder) {
    return new TrainRequest(folder, Existing.REFUSE, List.of());
  }
}
