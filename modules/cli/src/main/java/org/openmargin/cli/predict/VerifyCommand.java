package org.openmargin.cli.predict;

import com.google.gson.JsonObject;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.openmargin.cli.console.Console;
import org.openmargin.cli.console.ExitCodes;
import org.openmargin.cli.console.Json;
import org.openmargin.cli.console.JsonOption;
import org.openmargin.cli.console.ModelDeviceOption;
import org.openmargin.cli.console.Notices;
import org.openmargin.experiment.ModelLoader;
import org.openmargin.serving.Finding;
import org.openmargin.serving.gate.Blessing;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "verify",
    header = "Check that a SavedModel is intact and answers as it did at export.",
    description = {
      "Reads all files first: digests, operations, signatures, weights, warm-up requests. A model",
      "with a fault there is not loaded, so nothing of it runs. Else replays the requests that were",
      "stored with their answers at export, and sends files and scores whose answers are known."
    },
    exitCodeList = {
      ExitCodes.OK_TEXT,
      ExitCodes.ARGUMENTS_TEXT,
      ExitCodes.EXPORT_TEXT,
      ExitCodes.INTERNAL_TEXT
    },
    footer = {
      "  openmargin verify savedmodels/mine      the highest version",
      "  openmargin verify savedmodels/mine/2",
      "  openmargin verify savedmodels/mine --key release.pem --bless",
      "",
      "To sign a model: openssl pkeyutl -sign -rawin -inkey private.pem -in SHA256SUMS",
      "| base64 > SHA256SUMS.sig, in its folder assets.extra."
    })
public final class VerifyCommand implements Callable<Integer> {
  private final Console console;

  @Parameters(paramLabel = "SAVEDMODEL", description = "A model's folder, or one version in it.")
  private Path model;

  @Option(
      names = "--key",
      paramLabel = "FILE",
      description = "Require a signature of the digests by this public key (Ed25519, PEM).")
  private Optional<Path> key;

  @Option(
      names = "--bless",
      description = "If all checks pass, write what was checked to assets.extra/blessing.json.")
  private boolean bless;

  @Mixin private ModelDeviceOption device;

  @Mixin private JsonOption json;

  public VerifyCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    console.status().brief("checking the model");
    var models = new ModelLoader(device.choice(), new Notices(console));
    var checked = ExportedModel.require(model, console);
    var findings =
        key.map(file -> models.check(checked, file)).orElseGet(() -> models.check(checked));
    var text = json.text(console);
    findings.forEach(finding -> text.line(finding.toString()));
    json.print(console, () -> json(findings));
    var failed = findings.stream().filter(finding -> !finding.ok()).count();
    if (failed > 0) {
      console.error("%s: %d of %d checks failed".formatted(model, failed, findings.size()));
      return ExitCodes.EXPORT;
    }
    text.print("%s: all %d checks passed", model, findings.size());
    if (bless) {
      text.print("%s", Blessing.write(model, findings, Instant.now()));
    }
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
