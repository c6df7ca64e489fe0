package org.openmargin.cli.predict;

import java.nio.file.Path;
import org.openmargin.cli.console.Console;
import picocli.CommandLine.Parameters;

/** The argument SAVEDMODEL, the first of all. */
public final class ModelArgument {
  @Parameters(
      index = "0",
      paramLabel = "SAVEDMODEL",
      description = "A model's folder (its highest version is used), or one version in it.")
  private Path model;

  /** As it was given. */
  public Path path() {
    return model;
  }

  /** See {@link ExportedModel#require}. */
  public Path require(Console console) {
    return ExportedModel.require(model, console);
  }
}
