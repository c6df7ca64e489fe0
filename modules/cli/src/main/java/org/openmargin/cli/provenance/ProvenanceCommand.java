package org.openmargin.cli.provenance;

import com.google.gson.JsonObject;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.openmargin.cli.console.Console;
import org.openmargin.cli.console.ExitCodes;
import org.openmargin.cli.console.Json;
import org.openmargin.cli.console.JsonOption;
import org.openmargin.experiment.provenance.Artefact;
import org.openmargin.serving.ModelException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "provenance",
    header = "Print where a run or a SavedModel comes from.",
    description = {
      "Digests of weights, images, experiment and code, what selected the checkpoint, libraries,",
      "threads, machine. The weights of a SavedModel are compared with the digest that it carries."
    },
    exitCodeList = {
      ExitCodes.OK_TEXT,
      ExitCodes.USAGE_TEXT,
      ExitCodes.EXPORT_TEXT,
      ExitCodes.INTERNAL_TEXT
    },
    footer = {
      "  openmargin provenance runs/mine",
      "  openmargin provenance savedmodels/mine --json",
      "  openmargin provenance diff runs/mine savedmodels/mine"
    })
public final class ProvenanceCommand implements Callable<Integer> {
  private final Console console;

  @Spec private CommandSpec spec;

  @Parameters(
      paramLabel = "ARTEFACT",
      arity = "0..1",
      description = "A run folder, a model's folder, or one version in it.")
  private Optional<Path> folder;

  @Mixin private JsonOption json;

  private ProvenanceCommand(Console console) {
    this.console = console;
  }

  public static CommandLine withSubcommands(Console console) {
    return new CommandLine(new ProvenanceCommand(console))
        .addSubcommand(new ProvenanceDiffCommand(console));
  }

  @Override
  public Integer call() {
    if (folder.isEmpty()) {
      throw new ParameterException(
          spec.commandLine(),
          "provenance needs a run folder or a SavedModel, or diff and two of them");
    }
    var artefact = Artefact.read(folder.get());
    var checked = artefact.holdsItsWeights();
    if (checked.equals(Optional.of(false))) {
      throw new ModelException(
          artefact.path()
              + " does not hold the weights that its provenance is about: their digest differs");
    }
    var text = json.text(console);
    var width = artefact.fields().keySet().stream().mapToInt(String::length).max().orElse(0);
    artefact.fields().forEach((field, value) -> text.line(padded(field, width) + "  " + value));
    if (checked.isPresent()) {
      text.line("");
      text.line("the weights have this digest");
    }
    json.print(console, () -> json(artefact, checked.isPresent()));
    return ExitCodes.OK;
  }

  private static String padded(String field, int width) {
    return field + " ".repeat(width - field.length());
  }

  private static JsonObject json(Artefact artefact, boolean checked) {
    var json = new JsonObject();
    json.addProperty("artefact", artefact.path().toString());
    json.addProperty("weights_checked", checked);
    json.add("provenance", Json.parsed(artefact.json()));
    return json;
  }
}
