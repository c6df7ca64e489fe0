package org.openmargin.cli.provenance;

import com.google.gson.JsonObject;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.openmargin.cli.console.Console;
import org.openmargin.cli.console.DeviceOption;
import org.openmargin.cli.console.ExitCodes;
import org.openmargin.cli.console.Json;
import org.openmargin.cli.console.JsonOption;
import org.openmargin.cli.console.Notices;
import org.openmargin.cli.console.RunOverrides;
import org.openmargin.cli.run.RunSteps;
import org.openmargin.experiment.provenance.Artefact;
import org.openmargin.experiment.reproduction.Reproduced;
import org.openmargin.experiment.reproduction.Reproduction;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "reproduce",
    header = "Train a run or a SavedModel again, and compare the results bit for bit.",
    description = {
      "Trains in a new folder from the experiment that the artefact carries. Stops before training",
      "if the images are not the same; says what else differs: code, libraries, threads, machine.",
      "Then compares the digest of the weights, the losses and the evaluation."
    },
    exitCodeList = {
      ExitCodes.OK_TEXT,
      ExitCodes.DIFFERS_TEXT,
      ExitCodes.USAGE_TEXT,
      ExitCodes.DATA_TEXT,
      ExitCodes.TRAINING_TEXT,
      ExitCodes.EXPORT_TEXT,
      ExitCodes.INTERNAL_TEXT
    },
    footer = {
      "  openmargin reproduce runs/mine",
      "  openmargin reproduce savedmodels/mine --set data.folder.path=/data/cells"
    })
public final class ReproduceCommand implements Callable<Integer> {
  /** Differing figures to print. */
  private static final int SHOWN = 5;

  private final Console console;

  @Parameters(
      paramLabel = "ARTEFACT",
      description = "A run folder, a model's folder, or one version in it.")
  private Path folder;

  @Option(
      names = "--run",
      paramLabel = "DIR",
      description = "The new run folder. Default: runs/<name>-<date>-<time>.")
  private Optional<Path> run;

  @Mixin private RunOverrides overrides;

  @Mixin private DeviceOption device;

  @Mixin private JsonOption json;

  public ReproduceCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    console.status().brief("reading the artefact");
    var notices = new Notices(console);
    var reproduction =
        Reproduction.of(Artefact.read(folder), overrides.with(device.overrides()))
            .with(notices::shown);
    var target = run.orElseGet(() -> RunSteps.newRunFolder(reproduction.experiment()));
    var steps = new RunSteps(json.text(console));
    var reproduced = reproduction.into(target, List.of(steps.progress()), console::remark);
    print(json.text(console), reproduced);
    json.print(console, () -> json(reproduced));
    return reproduced.isEqual() ? ExitCodes.OK : ExitCodes.DIFFERS;
  }

  private static void print(Console text, Reproduced reproduced) {
    reproduced.results().forEach(result -> print(text, result));
    if (!reproduced.isEqual()) {
      text.line(reason(reproduced));
      reproduced.origins().forEach(each -> text.line("  " + each));
    }
    text.line("run          " + reproduced.run().files().path());
  }

  private static void print(Console text, Reproduced.Result result) {
    var all = result.differences();
    if (result.isEqual()) {
      text.print("%-12s equal, bit for bit (%d compared)", result.name(), result.compared());
      return;
    }
    text.print("%-12s %d of %d differ", result.name(), all.size(), result.compared());
    all.stream().limit(SHOWN).forEach(each -> text.line("  " + each));
    if (all.size() > SHOWN) {
      text.line("  ...");
    }
  }

  private static String reason(Reproduced reproduced) {
    return reproduced.origins().isEmpty()
        ? "nothing that is recorded is different: sums of several threads have no fixed order, unless runtime.deterministic is true"
        : "not as it was:";
  }

  private JsonObject json(Reproduced reproduced) {
    var json = new JsonObject();
    json.addProperty("artefact", folder.toString());
    json.addProperty("run", reproduced.run().files().path().toString());
    json.addProperty("equal", reproduced.isEqual());
    json.add("origins", DifferencesJson.of(reproduced.origins()));
    json.add("results", Json.array(reproduced.results(), ReproduceCommand::json));
    return json;
  }

  private static JsonObject json(Reproduced.Result result) {
    var json = new JsonObject();
    json.addProperty("name", result.name());
    json.addProperty("compared", result.compared());
    json.add("differences", DifferencesJson.of(result.differences()));
    return json;
  }
}
