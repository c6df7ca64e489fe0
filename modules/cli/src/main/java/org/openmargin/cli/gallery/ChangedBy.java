package org.openmargin.cli.gallery;

import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import org.openmargin.cli.console.Console;
import org.openmargin.cli.predict.ExportedModel;
import org.openmargin.inference.gallery.ModelGallery;
import picocli.CommandLine.Option;

/** {@code --by}. */
final class ChangedBy {
  @Option(
      names = "--by",
      paramLabel = "NAME",
      description = "Who makes the change, for the gallery's history. Default: the user's name.")
  private Optional<String> by;

  ModelGallery gallery(Path model, Console console) {
    var name = by.orElse(System.getProperty("user.name", ""));
    return new ModelGallery(ExportedModel.require(model, console), name, Clock.systemUTC());
  }
}
