package org.openmargin.cli.predict;

import com.google.gson.JsonObject;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.openmargin.cli.console.Console;
import org.openmargin.cli.console.ExitCodes;
import org.openmargin.cli.console.Json;
import org.openmargin.cli.console.JsonOption;
import org.openmargin.cli.console.ModelDeviceOption;
import org.openmargin.cli.console.Notices;
import org.openmargin.experiment.ModelLoader;
import org.openmargin.serving.Finding;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
    name = "verify",
    header = "Check that a SavedModel is intact and answers as it did at export.",
    description = {
      "Checks signatures and files, loads the model, and replays the requests that were stored",
      "with their answers at export."
    },
    exitCodeList = {
      ExitCodes.OK_TEXT,
      ExitCodes.ARGUMENTS_TEXT,
      ExitCodes.EXPORT_TEXT,
      ExitCodes.INTERNAL_TEXT
    },
    footer = {
      "  openmargin verify savedmodels/mine      the highest version",
      "  openmargin verify savedmodels/mine/2"
    })
public final class VerifyCommand implements Callable<Integer> {
  private final Console console;

  @Parameters(paramLabel = "SAVEDMODEL", description = "A model's folder, or one version in it.")
  private Path model;

  @Mixin private ModelDeviceOption device;

  @Mixin private JsonOption json;

  public VerifyCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    console.status().brief("checking the model");
    var models = new ModelLoader(device.choice(), new Notices(console));
    var findings = models.check(ExportedModel.require(model, console));
    var text = json.text(console);
    findings.forEach(finding -> text.line(finding.toString()));
    json.print(console, () -> json(findings));
    var failed = findings.stream().filter(finding -> !finding.ok()).count();
    if (failed > 0) {
      console.error("%s: %d of %d checks failed".formatted(model, failed, findings.size()));
      return ExitCodes.EXPORT;
    }
    text.print("%s: all %d checks passed", model, findings.size());
    return ExitCodes.OK;
  }

  private JsonObject json(List<Finding> findings) {
    var results = new JsonObject();
    results.addProperty("model", model.toString());
    results.addProperty("ok", findings.stream().allMatch(Finding::ok));
    results.add("checks", Json.array(findings, VerifyCommand::json));
    return results;
  }

  private static JsonObject json(Finding finding) {
    var check = new JsonObject();
    check.addProperty("ok", finding.ok());
    check.addProperty("what", finding.what());
    return check;
  }
}
