package org.openmargin.trainer;

import java.util.Optional;
import org.openmargin.runtime.TensorFlowErrors;

/** Training cannot continue: it diverged, was stopped, or its checkpoints cannot be used. */
public final class TrainingException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final boolean diverged;

  /**
   * @param message what happened, where, and what to do
   */
  public TrainingException(String message) {
    this(message, false);
  }

  public TrainingException(String message, Throwable cause) {
    super(message, cause);
    this.diverged = false;
  }

  private TrainingException(String message, boolean diverged) {
    super(message);
    this.diverged = diverged;
  }

  /** The loss or a weight is NaN or infinite. */
  static TrainingException ofDivergence(String what, Optional<Checkpoint> newest) {
    var last =
        newest
            .map(checkpoint -> "the last good checkpoint is " + checkpoint.folder())
            .orElse("there is no checkpoint yet");
    return new TrainingException(
        "training diverged: %s; %s. Lower the learning rate, or set training.gradient_clip_norm"
            .formatted(what, last),
        true);
  }

  /** There is not enough memory for a step; names the batch size to try. */
  static TrainingException ofMemory(int batchSize, Throwable cause) {
    var next =
        batchSize > 1
            ? "try training.batch_size=%d".formatted(batchSize / 2)
            : "no smaller batch is left: take smaller images (data.image_size_px) or a smaller network";
    return new TrainingException(
        "out of memory in a step of %d images: %s (%s)"
            .formatted(batchSize, next, TensorFlowErrors.firstLine(cause)),
        cause);
  }

  /** The first sentence of the message: what happened, without what to do. */
  public String what() {
    return getMessage()
        .replaceFirst("; the last good checkpoint is .*|; there is no checkpoint yet.*", "");
  }

  /** Whether the same run would fail again: its loss or a weight became NaN or infinite. */
  public boolean diverged() {
    return diverged;
  }
}
