package org.openmargin.trainer;

import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
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
  static final String STATE_FILE = "state.properties";

  /**
   * Training progress.
   *
   * @param step steps done
   * @param epoch epochs done
   * @param validationAccuracy on known validation images, with these weights
   * @param best the best validation accuracy so far, and where
   */
  public record State(long step, int epoch, double validationAccuracy, Best best) {
    Properties toProperties() {
      var properties = new Properties();
      properties.setProperty("step", Long.toString(step));
      properties.setProperty("epoch", Integer.toString(epoch));
      properties.setProperty("validation_accuracy", Double.toString(validationAccuracy));
      properties.setProperty("best_step", Long.toString(best.step()));
      properties.setProperty("best_validation_accuracy", Double.toString(best.accuracy()));
      return properties;
    }

    static State of(Properties p) {
      return new State(
          Long.parseLong(p.getProperty("step", "")),
          Integer.parseInt(p.getProperty("epoch", "")),
          Double.parseDouble(p.getProperty("validation_accuracy", "")),
          new Best(
              Long.parseLong(p.getProperty("best_step", "")),
              Double.parseDouble(p.getProperty("best_validation_accuracy", ""))));
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

  static Checkpoint read(Path folder) {
    var properties = new Properties();
    try (Reader in =
        Files.newBufferedReader(folder.resolve(STATE_FILE), StandardCharsets.ISO_8859_1)) {
      properties.load(in);
      return new Checkpoint(folder, State.of(properties));
    } catch (IOException | NumberFormatException e) {
      throw new TrainingException(
          "checkpoint %s cannot be read: %s is missing or damaged; remove the folder to resume from the previous checkpoint"
              .formatted(folder, STATE_FILE),
          e);
    }
  }
}
