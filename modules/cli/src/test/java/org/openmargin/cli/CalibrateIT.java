package org.openmargin.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openmargin.cli.console.ExitCodes;
import org.openmargin.data.synthetic.SyntheticCells;
import org.openmargin.scoring.calibration.ConformalCalibration;
import org.openmargin.serving.Classification;
import org.openmargin.serving.FileDigests;
import org.openmargin.serving.OpenSetClassifier;

/** An exported model is calibrated for another site, and its images are tested for drift. */
class CalibrateIT {
  private static final int PER_CLASS = 40;

  @TempDir private static Path folder;
  private static Path model;
  private static Path known;
  private static Path flat;
  private static Path impostors;
  private static Path noise;

  @BeforeAll
  static void exportAndDraw() throws IOException {
    var run = folder.resolve("runs/tiny");
    assertThat(CommandLineRun.of("train", CommandLineRun.TINY, "--run", run).code()).isZero();
    CommandLineRun.of("export", run, "--to", folder.resolve("models"));
    model = folder.resolve("models/tiny");
    var cells = new SyntheticCells(new SyntheticCells.Settings(32, 1, 1, PER_CLASS, 5)).load();
    var test = cells.test();
    DrawnImages.writePng(test, folder.resolve("drawn"));
    known = folder.resolve("known");
    flat = Files.createDirectory(folder.resolve("flat"));
    impostors = Files.createDirectory(folder.resolve("impostors"));
    try (var classifier = OpenSetClassifier.load(model)) {
      for (var i = 0; i < test.count(); i++) {
        var image = folder.resolve("drawn").resolve(test.ids().get(i) + ".png");
        if (test.labels()[i] % 2 == 0) {
          // A network of two epochs knows little: in this test it is right in four of five cases.
          var names = classifier.classNames();
          var best = names.indexOf(classifier.classify(image).bestKnownLabel());
          var name = names.get(i % 5 == 0 ? (best + 1) % names.size() : best);
          Files.copy(image, Files.createDirectories(known.resolve(name)).resolve(i + ".png"));
          Files.copy(image, flat.resolve(i + ".png"));
        } else {
          Files.copy(image, impostors.resolve(i + ".png"));
        }
      }
    }
    noise = Files.createDirectory(folder.resolve("noise"));
    for (var i = 0; i < 60; i++) {
      Files.write(noise.resolve(i + ".png"), DrawnImages.noise(32, "png", i));
    }
    Files.writeString(flat.resolve("broken.png"), "no image");
  }

  private static JsonObject json(Object... args) {
    var result = CommandLineRun.of(args);
    assertThat(result.code()).as(result.err()).isZero();
    return JsonParser.parseString(result.out()).getAsJsonObject();
  }

  private static void refused(int code, String why, Object... args) {
    var result = CommandLineRun.of(args);
    assertThat(result.err()).contains(why);
    assertThat(result.code()).isEqualTo(code);
  }

  @Test
  void theNewVersionDecidesAsJavaSaysAndTheOldOneStays() throws IOException {
    var one = model.resolve("1");
    List<Classification> before;
    try (var classifier = OpenSetClassifier.load(one)) {
      before = classifier.classifyEncoded(contents());
    }
    var scores = before.stream().mapToDouble(Classification::unknownScore).toArray();
    var wanted = ConformalCalibration.threshold(scores, 0.1);

    var result = CommandLineRun.of("calibrate", one, flat, "--alpha", "0.1,0.05");

    assertThat(result.code()).as(result.err()).isZero();
    assertThat(result.err()).contains("broken.png: ").contains("(not_an_image)");
    assertThat(result.out()).contains("160 known images, 1 files that cannot be used", "decides");
    // The command has made every check of "verify", or it would have refused the new version.
    var newest = newest();
    FileDigests.requireIntact(newest);
    FileDigests.requireIntact(one);
    assertThat(Files.readString(model.resolve("MODEL_CARD.md")))
        .contains("## Later calibrations", "calibrated on 160 known images");
    try (var classifier = OpenSetClassifier.load(newest)) {
      assertThat(classifier.threshold()).isEqualTo(wanted.threshold());
      var after = classifier.classifyEncoded(contents());
      for (var i = 0; i < scores.length; i++) {
        assertThat(after.get(i).unknownScore()).isEqualTo(scores[i]);
        assertThat(after.get(i).unknown()).isEqualTo(!wanted.accepts(scores[i]));
      }
    }
  }

  private static Path newest() throws IOException {
    try (var versions = Files.list(model)) {
      return versions
          .filter(Files::isDirectory)
          .filter(version -> version.getFileName().toString().matches("[0-9]+"))
          .max((a, b) -> Integer.compare(number(a), number(b)))
          .orElseThrow();
    }
  }

  private static int number(Path version) {
    return Integer.parseInt(version.getFileName().toString());
  }

  private static List<byte[]> contents() throws IOException {
    try (var files = Files.list(flat)) {
      var images = files.filter(file -> !file.endsWith("broken.png")).sorted().toList();
      var contents = new ArrayList<byte[]>();
      for (var image : images) {
        contents.add(Files.readAllBytes(image));
      }
      return contents;
    }
  }

  /** Found by the export itself, on the validation images of a run that has enough of them. */
  @Test
  void anExportHasThresholdsByClassAndATemperature() throws IOException {
    var run = folder.resolve("runs/more");
    var trained =
        CommandLineRun.of(
            "train",
            CommandLineRun.TINY,
            "--run",
            run,
            "--set",
            "data.synthetic_cells.validation_images_per_class=40",
            "--set",
            "training.epochs=12",
            "--set",
            "export.alpha=0.3");
    assertThat(trained.code()).as(trained.err()).isZero();
    var to = folder.resolve("by-class");

    var exported =
        CommandLineRun.of("export", run, "--to", to, "--class-conditional", "--temperature");

    assertThat(exported.code()).as(exported.err()).isZero();
    var verified = CommandLineRun.of("verify", to.resolve("tiny"));
    assertThat(verified.code()).as(verified.out()).isZero();
    assertThat(verified.out()).contains("thresholds of 4 classes are as said");
    assertThat(Files.readString(to.resolve("tiny/MODEL_CARD.md")))
        .contains("## Thresholds by class", "## Temperature", "Probabilities at temperature ");
    try (var classifier = OpenSetClassifier.load(to.resolve("tiny"))) {
      var json = JsonParser.parseString(classifier.description()).getAsJsonObject();
      var decision = json.getAsJsonObject("decision");
      var thresholds = decision.getAsJsonObject("class_thresholds");
      assertThat(thresholds.keySet()).containsExactlyElementsOf(classifier.classNames());
      assertThat(decision.get("temperature").getAsDouble()).isPositive().isNotEqualTo(1);
      var facts = json.getAsJsonObject("calibration").getAsJsonArray("class_thresholds");
      for (var fact : facts) {
        var bound = fact.getAsJsonObject().get("rejection_bound").getAsDouble();
        assertThat(bound).isPositive().isLessThanOrEqualTo(0.3);
      }
      for (var answer : classifier.classifyEncoded(contents())) {
        var limit = thresholds.get(answer.bestKnownLabel()).getAsDouble();
        assertThat(answer.unknown()).isEqualTo(!(answer.unknownScore() <= limit));
      }
    }
  }

  @Test
  void impostorsAndTemperature() throws IOException {
    var found =
        json(
            "calibrate",
            model.resolve("1"),
            known,
            "--impostors",
            impostors,
            "--impostor-share",
            0.2,
            "--temperature",
            "--json");
    var accepted = found.getAsJsonObject("impostors");
    assertThat(accepted.get("images").getAsInt()).isEqualTo(160);
    assertThat(accepted.get("accepted").getAsInt()).isLessThanOrEqualTo(32);
    assertThat(accepted.get("bound").getAsDouble()).isLessThanOrEqualTo(0.2);
    var scaling = found.getAsJsonObject("temperature_scaling");
    assertThat(scaling.get("ece_bins").getAsInt()).isEqualTo(15);
    assertThat(scaling.get("temperature").getAsDouble()).isPositive().isNotEqualTo(1);
    FileDigests.requireIntact(Path.of(found.get("directory").getAsString()));
  }

  @Test
  void aFrozenModelIsCalibratedElsewhereAndTakesIdentitiesThere() throws IOException {
    var run = folder.resolve("runs/tiny");
    var frozen = folder.resolve("frozen/tiny");
    CommandLineRun.of("export", run, "--to", frozen.getParent(), "--frozen");
    var site = folder.resolve("site");

    var found =
        json("calibrate", frozen, known, "--alpha", 0.1, "--temperature", "--out", site, "--json");

    assertThat(found.get("directory").getAsString()).endsWith("1");
    assertThat(site).isDirectoryContaining("glob:**/models.config");
    assertThat(Files.readString(site.resolve("MODEL_CARD.md")))
        .contains("Version 1: calibrated on");
    assertThat(frozen.resolve("2")).doesNotExist();
    assertThat(frozen.resolve("MODEL_CARD.md")).content().doesNotContain("calibrated on");
    var created = CommandLineRun.of("gallery", "create", site, known);
    assertThat(created.code()).as(created.err()).isZero();
    var again = json("calibrate", site, flat, "--alpha", 0.05, "--json");
    assertThat(again.get("directory").getAsString()).endsWith("3");
    var verified = CommandLineRun.of("verify", site);
    assertThat(verified.code()).as(verified.out()).isZero();
    refused(
        ExitCodes.EXPORT,
        "is a version of a model; name a folder",
        "calibrate",
        site,
        flat,
        "--out",
        site.resolve("1"));
  }

  @Test
  void imagesLikeThoseOfTheCalibrationHaveNotDriftedAndOthersHave() throws IOException {
    var calibrated = folder.resolve("calibrated.jsonl");
    var found =
        json(
            "calibrate",
            model.resolve("1"),
            known,
            "--alpha",
            0.05,
            "--json",
            "--audit",
            calibrated);
    assertThat(Files.readString(calibrated)).contains("calibrated, from version 1");
    assertThat(CommandLineRun.of("audit", "verify", calibrated).code()).isZero();
    var version = found.get("directory").getAsString();
    var same = json("drift", version, flat, "--fail-on-drift", "--json");
    assertThat(same.get("drift").getAsBoolean()).isFalse();
    assertThat(same.get("unusable_images").getAsInt()).isEqualTo(1);
    assertThat(same.get("calibration_images").getAsInt()).isEqualTo(160);
    var log = folder.resolve("audit.jsonl");
    var other = CommandLineRun.of("drift", version, noise, "--fail-on-drift", "--audit", log);
    assertThat(Files.readString(log)).contains("\"command\":\"drift\"", "drift: ");
    assertThat(other.code()).as(other.out()).isEqualTo(ExitCodes.DRIFT);
    assertThat(other.out()).contains("DRIFT: ");
    // Without the option drift is no failure, on a model that was never calibrated again either.
    var told = json("drift", model.resolve("1"), noise, "--json");
    assertThat(told.has("rejected")).isTrue();
    assertThat(told.get("drift").getAsBoolean()).isTrue();
  }

  @Test
  void whatCannotBePromisedIsRefused() throws IOException {
    var one = model.resolve("1");
    refused(ExitCodes.USAGE, "alpha must be between", "calibrate", one, flat, "--alpha", 1);
    refused(ExitCodes.USAGE, "needs --impostors", "calibrate", one, flat, "--impostor-share", 0.1);
    refused(
        ExitCodes.USAGE, "must not hold one another", "calibrate", one, flat, "--impostors", flat);
    refused(
        ExitCodes.DATA,
        "alpha 0.001 needs at least 999 known validation images; there are 160",
        "calibrate",
        one,
        flat,
        "--alpha",
        0.001);
    refused(
        ExitCodes.DATA,
        "a temperature needs true classes",
        "calibrate",
        one,
        flat,
        "--temperature");
    refused(
        ExitCodes.DATA,
        "needs at least 999 impostors; there are 160",
        "calibrate",
        one,
        flat,
        "--impostors",
        impostors,
        "--impostor-share",
        0.001);
    refused(
        ExitCodes.DATA,
        "a threshold for each class needs, at alpha 0.01, at least 99 known images",
        "calibrate",
        one,
        flat,
        "--alpha",
        0.01,
        "--class-conditional");
    refused(
        ExitCodes.DATA,
        "the two wishes are in conflict",
        "calibrate",
        one,
        flat,
        "--alpha",
        0.01,
        "--impostors",
        impostors,
        "--impostor-share",
        0.2);
    var few = Files.createDirectories(folder.resolve("few"));
    Files.writeString(few.resolve("a.png"), "no image");
    refused(ExitCodes.DATA, "none of the 1 files can be used", "drift", one, few);
  }
}
