package org.openmargin.cli.gallery;

import java.util.concurrent.Callable;
import org.openmargin.cli.console.Console;
import org.openmargin.cli.console.ExitCodes;
import org.openmargin.cli.console.JsonOption;
import org.openmargin.cli.predict.ModelArgument;
import org.openmargin.inference.gallery.ModelGallery;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
    name = "list",
    header = "Print the identities of a gallery, its threshold and its history.",
    exitCodeList = {
      ExitCodes.OK_TEXT,
      ExitCodes.ARGUMENTS_TEXT,
      ExitCodes.DATA_TEXT,
      ExitCodes.EXPORT_TEXT,
      ExitCodes.INTERNAL_TEXT
    },
    footer = {
      "  openmargin gallery list savedmodels/mine",
      "  openmargin gallery list savedmodels/mine/3 --json"
    })
public final class GalleryListCommand implements Callable<Integer> {
  private final Console console;

  @Mixin private ModelArgument model;

  @Mixin private JsonOption json;

  public GalleryListCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    var known = model.require(console);
    new GalleryOutput(console, json).list(ModelGallery.read(known));
    return ExitCodes.OK;
  }
}
