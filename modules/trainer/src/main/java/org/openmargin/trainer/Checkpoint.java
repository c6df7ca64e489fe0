package org.openmargin.trainer;

import java.io.IOException;
import java.nio.file.Path;
import org.openmargin.files.FileErrors;
import org.openmargin.nn.VariableFile;
import org.openmargin.runtime.TensorFlowErrors;
import org.tensorflow.Session;
import org.tensorflow.types.TString;

/**
 * A complete checkpoint on disk: the folder {@code step-00000128} with the variables (TensorFlow's
 * format V2, keys of {@link org.openmargin.nn.Variables#byKey}) and the training state.
 *
 * @param state training progress at that time
 */
public record Checkpoint(Path folder, State state) {

  /**
   * Training progress.
   *
   * @param step steps done
   * @param epoch whole epochs done
   * @param validationAccuracy on known validation images, with these weights; NaN in a checkpoint
   *     that was written because training was interrupted, see {@link #isValidated}
   * @param best the best validation accuracy so far, and where
   * @param losses of the steps so far
   */
  public record State(long step, int epoch, double validationAccuracy, Best best, Losses losses) {

    /** Whether validation images were used here: not if training was interrupted. */
    public boolean isValidated() {
      return !Double.isNaN(validationAccuracy);
    }

    State with(Best other) {
      return new State(step, epoch, validationAccuracy, other, losses);
    }
  }

  /**
   * @param step of the best checkpoint
   * @param accuracy on known validation images
   */
  public record Best(long step, double accuracy) {
    /** Before the first validation. */
    public static final Best NONE = new Best(-1, -1);

    Best or(long otherStep, double otherAccuracy) {
      return otherAccuracy > accuracy ? new Best(otherStep, otherAccuracy) : this;
    }
  }

  /**
   * Sums of losses, from which means over windows of steps are made, also across a resume.
   *
   * @param sum of all steps so far
   * @param log where the running window of the log began
   * @param validation where the running window of the next validation began
   */
  public record Losses(double sum, Mark log, Mark validation) {
    /** Before the first step. */
    public static final Losses NONE = new Losses(0, new Mark(0, 0), new Mark(0, 0));

    /**
     * @param step steps done
     * @param sum of their losses
     */
    public record Mark(long step, double sum) {
      double meanUntil(Mark end) {
        return (end.sum - sum) / Math.max(1, end.step - step);
      }
    }
  }

  /** Prefix of the variables' files. */
  public Path variables() {
    return variables(folder);
  }

  static Path variables(Path folder) {
    return folder.resolve("variables");
  }

  /**
   * Loads weights into a session.
   *
   * @param file of the session's graph
   * @param variables prefix of a checkpoint's variables
   * @throws TrainingException if the files are missing, damaged, or of another network
   */
  public static void restore(VariableFile file, Session session, Path variables) {
    try (var prefix = TString.scalarOf(variables.toString())) {
      session.runner().feed(file.prefix(), prefix).addTarget(file.restore()).run().close();
    } catch (RuntimeException e) {
      throw TensorFlowErrors.translated(
          e,
          reason ->
              new TrainingException(
                  "the weights in %s cannot be restored: they are damaged or belong to another network (%s)"
                      .formatted(variables, reason),
                  e));
    }
  }

  /**
   * Reads the state; the variables are not read.
   *
   * @throws TrainingException if the state is missing, damaged, or that of another folder
   */
  static Checkpoint read(Path folder) {
    try {
      return new Checkpoint(folder, StateFile.of(folder).state());
    } catch (StateFile.Damage e) {
      throw unusable(folder, e);
    } catch (IOException e) {
      throw unreadable(folder, e);
    }
  }

  /**
   * Reads all files and compares their checksums.
   *
   * @throws TrainingException if one is missing or damaged
   */
  Checkpoint requireIntact() {
    try {
      requireIntact(folder);
      return this;
    } catch (StateFile.Damage e) {
      throw unusable(folder, e);
    }
  }

  /**
   * @throws StateFile.Damage if a file is missing or damaged
   */
  static void requireIntact(Path folder) {
    try {
      StateFile.of(folder).requireFiles();
    } catch (IOException e) {
      throw unreadable(folder, e);
    }
  }

  /** For a caller that needs this checkpoint and no other. */
  private static TrainingException unusable(Path folder, StateFile.Damage e) {
    var wayOn =
        new CheckpointFolders(folder.resolveSibling("")).holdsIntact()
            ? "resuming the training goes on from an intact checkpoint"
            : "no other checkpoint is intact: the training has to start anew";
    return new TrainingException(e.getMessage() + "; " + wayOn, e);
  }

  private static TrainingException unreadable(Path folder, IOException e) {
    return new TrainingException(
        "checkpoint %s cannot be read: %s".formatted(folder, FileErrors.reason(e)), e);
  }
}
