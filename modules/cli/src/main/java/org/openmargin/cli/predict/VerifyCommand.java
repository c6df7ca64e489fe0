package org.openmargin.cli.predict;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.openmargin.cli.console.Console;
import org.openmargin.cli.console.ExitCodes;
import org.openmargin.cli.console.ModelDeviceOption;
import org.openmargin.cli.console.Notices;
import org.openmargin.experiment.ModelLoader;
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
      ExitCodes.USAGE_TEXT,
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

  public VerifyCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    var findings = new ModelLoader(device.choice(), new Notices(console)).check(model);
    findings.forEach(finding -> console.line(finding.toString()));
    var failed = findings.stream().filter(finding -> !finding.ok()).count();
    if (failed > 0) {
      console.error("%s: %d of %d checks failed".formatted(model, failed, findings.size()));
      return ExitCodes.EXPORT;
    }
    console.print("%s: all %d checks passed", model, findings.size());
    return ExitCodes.OK;
  }
}
