package org.openmargin.cli.gallery;

import java.util.List;
import java.util.concurrent.Callable;
import org.openmargin.cli.console.Console;
import org.openmargin.cli.console.ExitCodes;
import org.openmargin.cli.console.JsonOption;
import org.openmargin.cli.predict.ModelArgument;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
    name = "remove",
    header = "Take identities out of the gallery: their images are unknown again.",
    description = {
      "Writes the next version of the model. Older versions keep the identities: delete those",
      "folders if the images must be forgotten."
    },
    exitCodeList = {
      ExitCodes.OK_TEXT,
      ExitCodes.ARGUMENTS_TEXT,
      ExitCodes.DATA_TEXT,
      ExitCodes.EXPORT_TEXT,
      ExitCodes.INTERNAL_TEXT
    },
    footer = {"  openmargin gallery remove savedmodels/mine basophil"})
public final class GalleryRemoveCommand implements Callable<Integer> {
  private final Console console;

  @Mixin private ModelArgument model;

  @Parameters(index = "1..*", arity = "1..*", paramLabel = "NAME", description = "Identities.")
  private List<String> names;

  @Mixin private ChangedBy by;

  @Mixin private AuditedChange audited;

  @Mixin private JsonOption json;

  public GalleryRemoveCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    var gallery = by.gallery(model.path(), console);
    var written = audited.of(model.path(), "removed", () -> gallery.remove(names));
    new GalleryOutput(console, json).changed(written);
    return ExitCodes.OK;
  }
}
