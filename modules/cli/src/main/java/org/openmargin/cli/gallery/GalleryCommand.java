package org.openmargin.cli.gallery;

import org.openmargin.cli.console.Console;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code openmargin gallery}: new classes without training. */
@Command(
    name = "gallery",
    header = "Teach an exported model new classes from a few images each, without training.",
    description = {
      "Each change writes the next version of the model. Its signature identify answers with an",
      "enrolled identity or unknown: the most similar one, if the cosine reaches a threshold that",
      "is found again after every change."
    },
    footer = {
      "  openmargin gallery create savedmodels/mine identities/",
      "  openmargin gallery enrol savedmodels/mine more/",
      "  openmargin gallery rename savedmodels/mine cluster-1 basophil",
      "  openmargin gallery remove savedmodels/mine basophil",
      "  openmargin gallery list savedmodels/mine",
      "  openmargin gallery evaluate savedmodels/mine probes/"
    })
public final class GalleryCommand implements Runnable {
  @Spec private CommandSpec spec;

  public static CommandLine withSubcommands(Console console) {
    return new CommandLine(new GalleryCommand())
        .addSubcommand(new GalleryCreateCommand(console))
        .addSubcommand(new GalleryEnrolCommand(console))
        .addSubcommand(new GalleryRenameCommand(console))
        .addSubcommand(new GalleryRemoveCommand(console))
        .addSubcommand(new GalleryListCommand(console))
        .addSubcommand(new GalleryEvaluateCommand(console));
  }

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(), "gallery needs create, enrol, rename, remove, list or evaluate");
  }
}
