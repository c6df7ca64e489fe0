package org.openmargin.cli.provenance;

import com.google.gson.JsonObject;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.openmargin.cli.console.Console;
import org.openmargin.cli.console.ExitCodes;
import org.openmargin.cli.console.JsonOption;
import org.openmargin.experiment.provenance.Artefact;
import org.openmargin.experiment.provenance.FieldDifference;
import org.openmargin.experiment.provenance.ProvenanceDifference;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
    name = "diff",
    header = "Name the fields in which two runs or SavedModels differ.",
    description = {
      "First what they come from: each setting of the experiment that decides results, images, code,",
      "libraries, threads, machine. Then what came out: weights, selected checkpoint. Times, speed",
      "and command lines are not compared. Prints nothing if they are equal."
    },
    exitCodeList = {
      ExitCodes.OK_TEXT,
      ExitCodes.DIFFERS_TEXT,
      ExitCodes.USAGE_TEXT,
      ExitCodes.EXPORT_TEXT,
      ExitCodes.INTERNAL_TEXT
    },
    footer = {
      "  openmargin provenance diff runs/a runs/b",
      "  openmargin provenance diff runs/a savedmodels/mine/2 --json"
    })
final class ProvenanceDiffCommand implements Callable<Integer> {
  private final Console console;

  @Parameters(index = "0", paramLabel = "A", description = "A run folder or a SavedModel.")
  private Path a;

  @Parameters(index = "1", paramLabel = "B", description = "Another one.")
  private Path b;

  @Mixin private JsonOption json;

  ProvenanceDiffCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    var difference = ProvenanceDifference.between(Artefact.read(a), Artefact.read(b));
    var text = json.text(console);
    print(text, "what they come from:", difference.origins());
    print(text, "what came out:", difference.results());
    json.print(console, () -> json(difference));
    return difference.isEmpty() ? ExitCodes.OK : ExitCodes.DIFFERS;
  }

  private static void print(Console text, String title, List<FieldDifference> differences) {
    if (!differences.isEmpty()) {
      text.line(title);
      differences.forEach(each -> text.line("  " + each));
    }
  }

  private JsonObject json(ProvenanceDifference difference) {
    var json = new JsonObject();
    json.addProperty("a", a.toString());
    json.addProperty("b", b.toString());
    json.addProperty("equal", difference.isEmpty());
    json.add("origins", DifferencesJson.of(difference.origins()));
    json.add("results", DifferencesJson.of(difference.results()));
    return json;
  }
}
