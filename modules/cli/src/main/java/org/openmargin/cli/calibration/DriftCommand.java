package org.openmargin.cli.calibration;

import com.google.gson.Gson;
import java.util.concurrent.Callable;
import org.openmargin.cli.audit.AuditOption;
import org.openmargin.cli.console.Console;
import org.openmargin.cli.console.ExitCodes;
import org.openmargin.cli.console.JsonOption;
import org.openmargin.cli.console.ModelDeviceOption;
import org.openmargin.cli.console.Notices;
import org.openmargin.cli.predict.ModelAndImages;
import org.openmargin.experiment.ModelLoader;
import org.openmargin.experiment.folder.RunException;
import org.openmargin.inference.calibration.DriftCheck;
import org.openmargin.scoring.drift.ChiSquared;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "drift",
    header = "Test whether images are still like those that a model was calibrated on.",
    description = {
      "Compares unknown scores with the histogram that is stored in the model, the share of",
      "rejected images with alpha, and the predicted classes with those of the calibration. At",
      "least 20 images, of known classes: unknown ones among them show as drift, too."
    },
    exitCodeList = {
      ExitCodes.OK_TEXT,
      ExitCodes.ARGUMENTS_TEXT,
      ExitCodes.DATA_TEXT,
      ExitCodes.EXPORT_TEXT,
      ExitCodes.DRIFT_TEXT,
      ExitCodes.INTERNAL_TEXT
    },
    footer = {
      "  openmargin drift savedmodels/mine today/",
      "  openmargin drift savedmodels/mine today/ --fail-on-drift   for scripts"
    })
public final class DriftCommand implements Callable<Integer> {
  private final Console console;

  @Mixin private ModelAndImages arguments;

  @Option(
      names = "--level",
      paramLabel = "P",
      defaultValue = "0.01",
      description = {
        "Call images drifted that are not with about this probability, all three tests together.",
        "Default: ${DEFAULT-VALUE}."
      })
  private double level;

  @Option(names = "--fail-on-drift", description = "Exit with code 6 if there is drift.")
  private boolean fail;

  @Mixin private ModelDeviceOption device;

  @Mixin private AuditOption audit;

  @Mixin private JsonOption json;

  public DriftCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    if (!(level > 0 && level < 1)) {
      throw new RunException("--level is %s, must be between 0 and 1, exclusive".formatted(level));
    }
    var log = audit.log();
    var files = arguments.files(console);
    var known = arguments.requireModel(console);
    console.status().brief("loading the model");
    var models = new ModelLoader(device.choice(), new Notices(console));
    try (var classifier = models.load(known)) {
      var check = DriftCheck.of(classifier, files, level, console.status());
      check
          .images()
          .unusable()
          .forEach(
              answer ->
                  console.error(
                      "%s: %s (%s)".formatted(answer.file(), answer.detail(), answer.reason())));
      log.ifPresent(
          l -> {
            var changes = check.drift().changes();
            var decision = changes.isEmpty() ? "no drift" : "drift: " + String.join(", ", changes);
            l.add(
                new AuditOption.Event(
                    "drift", AuditOption.Model.of(known), l.digest(files), decision));
          });
      print(check);
      return fail && !check.drift().changes().isEmpty() ? ExitCodes.DRIFT : ExitCodes.OK;
    }
  }

  private void print(DriftCheck check) {
    var text = json.text(console);
    var drift = check.drift();
    var rejected = drift.rejected();
    text.print(
        "%d images against %d of the calibration; %d files that cannot be used",
        rejected.of(), check.stored().reference().images(), check.images().unusable().size());
    test(text, "unknown scores", drift.scores());
    text.print(
        "%-18s  %.2f %% (95 %% interval %.2f to %.2f %%), expected %.2f %%; p = %.3g",
        "rejected",
        100 * rejected.share(),
        100 * rejected.low(),
        100 * rejected.high(),
        100 * drift.expectedRejection(),
        drift.rejectionPValue());
    test(text, "predicted classes", drift.classes());
    var before = Math.max(1, check.stored().reference().images());
    check
        .predicted()
        .forEach(
            (name, counts) ->
                text.print(
                    "  %-24s  %6.2f %%, before %6.2f %%",
                    name, 100.0 * counts[0] / rejected.of(), 100.0 * counts[1] / before));
    text.print(
        "%s",
        drift.changes().isEmpty()
            ? "no drift found at level %s".formatted(level)
            : "DRIFT: " + String.join(", ", drift.changes()));
    json.print(console, () -> new Gson().toJsonTree(check.figures()).getAsJsonObject());
  }

  private static void test(Console text, String what, ChiSquared test) {
    text.print(
        "%-18s  chi-squared %.2f, %d degrees of freedom; p = %.3g",
        what, test.statistic(), test.degrees(), test.pValue());
  }
}
