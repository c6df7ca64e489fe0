package org.openmargin.cli.predict;

import java.nio.file.Files;
import java.nio.file.Path;
import org.openmargin.cli.console.Console;
import org.openmargin.experiment.folder.RunException;
import org.openmargin.files.ShellWord;

/** The argument SAVEDMODEL. */
public final class ExportedModel {
  private ExportedModel() {}

  /**
   * @throws RunException for what users name in its place: a run, or an experiment
   */
  public static Path require(Path model, Console console) {
    if (Files.isRegularFile(model.resolve("experiment.textproto"))) {
      throw new RunException(
          "%s is a run, not an exported model: export it first, with: %s export %s"
              .formatted(model, console.program(), ShellWord.of(model)));
    }
    if (!Files.exists(model)) {
      throw new RunException(
          "%s: there is no such file or folder; the working directory is %s"
              .formatted(model, Path.of("").toAbsolutePath()));
    }
    return model;
  }
}
