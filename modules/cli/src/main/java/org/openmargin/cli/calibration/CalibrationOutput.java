package org.openmargin.cli.calibration;

import com.google.gson.Gson;
import java.nio.file.Path;
import java.util.Map;
import org.openmargin.cli.console.Console;
import org.openmargin.cli.console.JsonOption;
import org.openmargin.inference.calibration.ModelCalibration;
import org.openmargin.scoring.calibration.AcceptanceThreshold;
import org.openmargin.scoring.calibration.Proportion;
import org.openmargin.scoring.calibration.RealisedRate;
import org.openmargin.scoring.calibration.TemperatureScaling;
import org.openmargin.scoring.metric.Ece;

/** Prints a calibration. */
record CalibrationOutput(Console console, JsonOption json) {

  void print(ModelCalibration.Found found, Map<String, Object> figures, Path directory) {
    var text = json.text(console);
    var rule = found.calibration().rule();
    var n = rule.calibration().validationImages();
    text.print(
        "%d known images, %d files that cannot be used; smallest alpha 1/(n + 1) = %.5f",
        n, found.known().unusable().size(), 1 / (n + 1.0));
    var before = new Proportion(found.known().rejected(), n);
    text.print(
        "The model as it is rejects %d of them (%.2f %%; 95 %% interval %.2f to %.2f %%).",
        before.count(), 100 * before.share(), 100 * before.low(), 100 * before.high());
    text.line("");
    heading(text, "alpha");
    for (var threshold : rule.calibration().thresholds()) {
      var decides = rule.byClass().isEmpty() && threshold.alpha() == rule.alpha();
      row(text, "%.5f".formatted(threshold.alpha()), threshold, decides);
    }
    rule.calibration()
        .unattainableAlphas()
        .forEach(alpha -> text.print("%-20s  too few images", "%.5f".formatted(alpha)));
    if (!rule.byClass().isEmpty()) {
      byClass(text, found);
    }
    found.calibration().impostors().ifPresent(accepted -> impostors(text, accepted));
    found.calibration().scaling().ifPresent(scaling -> scaling(text, scaling));
    text.print("written: %s", shown(directory));
    json.print(
        console,
        () -> {
          var results = new Gson().toJsonTree(figures).getAsJsonObject();
          results.addProperty("directory", shown(directory).toString());
          return results;
        });
    console.next("verify", shown(directory).toString());
  }

  private static void heading(Console text, String first) {
    text.print(
        "%-20s  %12s  %6s  %9s  %19s  %9s", first, "threshold", "n", "at most", "mostly", "here");
  }

  private static void row(Console text, String first, AcceptanceThreshold threshold, boolean used) {
    var rate = RealisedRate.of(threshold);
    text.print(
        "%-20s  %12.6g  %6d  %7.2f %%  %6.2f to %6.2f %%  %7.2f %%%s",
        first,
        threshold.threshold(),
        threshold.validationImages(),
        100 * threshold.bound(),
        100 * rate.low(),
        100 * rate.high(),
        100 * threshold.validationRejectionRate(),
        used ? "  decides" : "");
  }

  /** Where one class is predicted. */
  private static void byClass(Console text, ModelCalibration.Found found) {
    var rule = found.calibration().rule();
    text.line("");
    heading(text, "predicted class");
    var names = found.classNames();
    for (var c = 0; c < names.size(); c++) {
      row(text, names.get(c), rule.byClass().get(c), true);
    }
    text.print(
        "Of the known images that are taken for a class, at most this share is rejected; nothing is said about true classes.");
  }

  private static void impostors(Console text, Proportion accepted) {
    text.print(
        "%d of the %d impostors are accepted (%.2f %%; 95 %% interval %.2f to %.2f %%).",
        accepted.count(),
        accepted.of(),
        100 * accepted.share(),
        100 * accepted.low(),
        100 * accepted.high());
  }

  private static void scaling(Console text, TemperatureScaling scaling) {
    text.print(
        "temperature %.4f; ECE (%d bins) %.4f before, %.4f after; negative log-likelihood %.4f before, %.4f after, each image judged by the temperature of others",
        scaling.temperature(),
        Ece.BINS,
        scaling.eceBefore(),
        scaling.eceAfter(),
        scaling.lossBefore(),
        scaling.lossAfter());
  }

  private static Path shown(Path directory) {
    var here = Path.of("").toAbsolutePath();
    return directory.startsWith(here) ? here.relativize(directory) : directory;
  }
}
