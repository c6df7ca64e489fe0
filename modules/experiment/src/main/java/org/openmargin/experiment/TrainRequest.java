package org.openmargin.experiment;

import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.openmargin.config.v1.Provenance;
import org.openmargin.trainer.RunListener;

/**
 * How to train.
 *
 * @param folder of the run
 * @param listeners informed of progress, besides the run's own files
 * @param origin told where the numbers will come from, before anything is trained or written; what
 *     it throws ends the training
 */
public record TrainRequest(
    Path folder, Existing existing, List<RunListener> listeners, Consumer<Provenance> origin) {

  /** One that trains whatever its origin. */
  public TrainRequest(Path folder, Existing existing, List<RunListener> listeners) {
    this(folder, existing, listeners, origin -> {});
  }

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

  /** The same with other listeners. */
  TrainRequest with(List<RunListener> others) {
    return new TrainRequest(folder, existing, others, origin);
  }

  /** A new run in {@code folder}. */
  public static TrainRequest in(Path folder) {
    return new TrainRequest(folder, Existing.REFUSE, List.of());
  }
}
