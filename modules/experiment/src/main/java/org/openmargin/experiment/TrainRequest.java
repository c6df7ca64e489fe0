package org.openmargin.experiment;

import java.nio.file.Path;
import java.util.List;
import org.openmargin.trainer.RunListener;

/**
 * How to train.
 *
 * @param folder of the run
 * @param existing what to do if there is a run already
 * @param listeners told of progress, besides the run's own files
 */
public record TrainRequest(Path folder, Existing existing, List<RunListener> listeners) {

  /** What to do with a run that is already in the folder. */
  public enum Existing {
    /** Leave it alone and fail. */
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
