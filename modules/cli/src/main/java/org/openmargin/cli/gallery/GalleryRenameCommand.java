package org.openmargin.cli.gallery;

import java.util.concurrent.Callable;
import org.openmargin.cli.console.Console;
import org.openmargin.cli.console.ExitCodes;
import org.openmargin.cli.console.JsonOption;
import org.openmargin.cli.predict.ModelArgument;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
    name = "rename",
    header = "Give an identity another name.",
    exitCodeList = {
      ExitCodes.OK_TEXT,
      ExitCodes.ARGUMENTS_TEXT,
      ExitCodes.DATA_TEXT,
      ExitCodes.EXPORT_TEXT,
      ExitCodes.INTERNAL_TEXT
    },
    footer = {"  openmargin gallery rename savedmodels/mine cluster-1 basophil"})
public final class GalleryRenameCommand implements Callable<Integer> {
  private final Console console;

  @Mixin private ModelArgument model;

  @Parameters(index = "1", paramLabel = "NAME", description = "The present name.")
  private String name;

  @Parameters(index = "2", paramLabel = "NEW", description = "The new name.")
  private String other;

  @Mixin private ChangedBy by;

  @Mixin private AuditedChange audited;

  @Mixin private JsonOption json;

  public GalleryRenameCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    var gallery = by.gallery(model.path(), console);
    var written = audited.of(model.path(), "renamed", () -> gallery.rename(name, other));
    new GalleryOutput(console, json).changed(written);
    return ExitCodes.OK;
  }
}
