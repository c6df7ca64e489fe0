package org.openmargin.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openmargin.cli.console.ExitCodes;
import org.openmargin.data.synthetic.SyntheticCells;

/** End to end: from an experiment file to answers about image files. */
class EndToEndIT {
  @TempDir private static Path folder;
  private static CommandLineRun trained;
  private static CommandLineRun exported;

  @BeforeAll
  static void trainAndExport() {
    trained =
        CommandLineRun.of(
            "train", CommandLineRun.TINY, "--set", "training.log_every_steps=4", "--run", run());
    exported = CommandLineRun.of("export", run(), "--to", folder.resolve("models"));
  }

  private static Path run() {
    return folder.resolve("runs/tiny");
  }

  private static Path model() {
    return folder.resolve("models/tiny");
  }

  @Test
  void trainLeavesEveryFileOfARun() {
    assertThat(trained.code()).as(trained.err()).isZero();
    assertThat(trained.err().lines())
        .contains("reading images", "building the graph", "evaluating images")
        .filteredOn(line -> line.startsWith("device: "))
        .hasSize(1);
    assertThat(Tree.of(run()))
        .contains(
            "experiment.textproto",
            "provenance.json",
            "metrics.jsonl",
            "predictions.csv",
            "evaluation.json",
            "report.html",
            "checkpoints/step-00000016/variables.index")
        .noneMatch(file -> file.contains("unfinished") || file.endsWith(".tmp"));
    assertThat(trained.err()).contains("epoch 2/2");
    assertThat(trained.out())
        .contains("ACC 0.", "* decides", run() + "/report.html")
        .doesNotContain("epoch");
  }

  @Test
  void theReportIsRenderedAgainFromTheFilesAlone() throws IOException {
    var page = run().resolve("report.html");
    var before = Files.readString(page);
    Files.delete(page);
    var result = CommandLineRun.of("report", run());
    assertThat(result.code()).as(result.err()).isZero();
    assertThat(page).content().isEqualTo(before);
  }

  @Test
  void accuracyFollowsFromPredictions() throws IOException {
    var evaluation = json(run().resolve("evaluation.json"));
    var rows = csv(Files.readString(run().resolve("predictions.csv")));
    var known = rows.stream().filter(row -> !row.get("label").equals("-1")).toList();
    var right =
        known.stream().filter(row -> row.get("label").equals(row.get("prediction"))).count();
    var counts = evaluation.getAsJsonObject("counts");

    assertThat(known).hasSize(counts.get("knownTest").getAsInt());
    assertThat(rows).hasSize(known.size() + counts.get("unknownTest").getAsInt());
    assertThat((double) right / known.size())
        .isCloseTo(evaluation.get("acc").getAsDouble(), within(1e-12));
  }

  @Test
  void metricsOfThePredictionsAreThoseOfTheEvaluation() throws IOException {
    var evaluation = json(run().resolve("evaluation.json"));
    var scorers = evaluation.getAsJsonArray("scorers");
    assertThat(scorers).hasSizeGreaterThan(2);
    for (var element : scorers) {
      var scorer = element.getAsJsonObject();
      var name = scorer.get("name").getAsString();
      var predictions = run().resolve("predictions.csv");
      var seed = evaluation.getAsJsonObject("bootstrap").get("seed").getAsString();
      var measured =
          CommandLineRun.of(
              "metrics", predictions, "--score", name, "--seed", seed, "--format", "json");
      assertThat(measured.code()).as(measured.err()).isZero();
      var metrics = JsonParser.parseString(measured.out()).getAsJsonObject();
      for (var key : List.of("auroc", "oscr", "oscrArplCompatible", "aurc", "dtacc", "intervals")) {
        assertThat(metrics.get(key)).as(name + " " + key).isEqualTo(scorer.get(key));
      }
      assertThat(metrics.get("acc")).isEqualTo(evaluation.get("acc"));
    }
  }

  @Test
  void metricsHoldOneLinePerLogAndValidation() throws IOException {
    var lines =
        Files.readAllLines(run().resolve("metrics.jsonl")).stream()
            .map(line -> JsonParser.parseString(line).getAsJsonObject())
            .toList();
    assertThat(lines)
        .filteredOn(line -> line.get("kind").getAsString().equals("train"))
        .extracting(line -> line.get("step").getAsInt())
        .containsExactly(4, 8, 12, 16);
    assertThat(lines)
        .filteredOn(line -> line.get("kind").getAsString().equals("validation"))
        .extracting(line -> line.get("step").getAsInt())
        .containsExactly(8, 16);
  }

  @Test
  void provenanceSaysFromWhatAndWhen() throws IOException {
    var provenance = json(run().resolve("provenance.json"));
    assertThat(provenance.get("configSha256").getAsString()).matches("[0-9a-f]{64}");
    assertThat(provenance.get("dataSha256").getAsString()).matches("[0-9a-f]{64}");
    assertThat(provenance.get("tensorflowVersion").getAsString()).startsWith("2.");
    assertThat(provenance.get("finished").getAsString())
        .isGreaterThanOrEqualTo(provenance.get("started").getAsString());
  }

  @Test
  void evaluateGivesTheSameAgain() throws IOException {
    var before = Files.readString(run().resolve("evaluation.json"));
    assertThat(CommandLineRun.of("evaluate", run()).code()).isZero();
    assertThat(run().resolve("evaluation.json")).hasContent(before);
  }

  @Test
  void exportIsVerified() {
    assertThat(exported.code()).as(exported.err()).isZero();
    assertThat(exported.out()).contains(model().resolve("1").toString());
    var verified = CommandLineRun.of("verify", model());
    assertThat(verified.code()).as(verified.out()).isZero();
    assertThat(verified.out()).contains("checks passed").doesNotContain("FAILED");
  }

  @Test
  void exportRefusesAVersionThatIsThereBeforeItLooksForAModel() throws IOException {
    var untrained = Files.createDirectories(folder.resolve("untrained"));
    for (var file : List.of("experiment.textproto", "provenance.json")) {
      Files.copy(run().resolve(file), untrained.resolve(file));
    }
    var again =
        CommandLineRun.of("export", untrained, "--to", folder.resolve("models"), "--version", 1);
    assertThat(again.code()).isEqualTo(ExitCodes.USAGE);
    assertThat(again.errors()).singleElement().asString().contains("already has a version 1");
  }

  @Test
  void anExportPromisesNothingThatItsValidationImagesCannotShow() {
    var to = folder.resolve("promised");
    var scaled = CommandLineRun.of("export", run(), "--to", to, "--temperature");
    assertThat(scaled.code()).isEqualTo(ExitCodes.USAGE);
    assertThat(scaled.err())
        .contains("on the run's validation images: there is no best temperature");

    var few = CommandLineRun.of("export", run(), "--to", to, "--class-conditional");
    assertThat(few.code()).isEqualTo(ExitCodes.USAGE);
    assertThat(few.err()).contains("at least 19 known images that the model takes for it");
    assertThat(to).doesNotExist();
  }

  @Test
  void exportRefusesVersionZero() {
    var refused =
        CommandLineRun.of("export", run(), "--to", folder.resolve("models"), "--version", 0);
    assertThat(refused.code()).isEqualTo(ExitCodes.USAGE);
    assertThat(refused.errors())
        .singleElement()
        .asString()
        .contains("must be between 1 and", "got 0");
  }

  @Test
  void pngFilesGetTheAnswersOfTheEvaluation() throws IOException {
    var cells = new SyntheticCells(new SyntheticCells.Settings(32, 1, 1, 16, 0)).load().test();
    var images = folder.resolve("images");
    DrawnImages.writePng(cells, images);

    var predicted = CommandLineRun.of("predict", model(), images, "--format", "csv");

    assertThat(predicted.code()).as(predicted.err()).isZero();
    var evaluated = new HashMap<String, Map<String, String>>();
    for (var row : csv(Files.readString(run().resolve("predictions.csv")))) {
      evaluated.put(row.get("id"), row);
    }
    var answers = csv(predicted.out());
    assertThat(answers).hasSize(evaluated.size());
    for (var answer : answers) {
      var id = images.relativize(Path.of(answer.get("file"))).toString().replace(".png", "");
      var expected = evaluated.get(id);
      assertThat(answer.get("best_known_label")).isEqualTo(expected.get("predicted_class"));
      assertThat(answer.get("is_unknown")).isEqualTo(expected.get("is_unknown"));
      var score = Double.parseDouble(expected.get("unknown_score"));
      assertThat(Double.parseDouble(answer.get("unknown_score"))).isCloseTo(score, within(1e-5));
    }
  }

  @Test
  void allFormsSayTheSame() throws IOException {
    var image = folder.resolve("form.png");
    Files.write(image, DrawnImages.noise(50, "png", 1));

    var csv = csv(CommandLineRun.of("predict", model(), image, "--format", "csv").out()).get(0);
    var jsonl = CommandLineRun.of("predict", model(), image, "--format", "jsonl").out();
    var table = CommandLineRun.of("predict", model(), image).out();

    var json = JsonParser.parseString(jsonl).getAsJsonObject();
    assertThat(jsonl.lines()).hasSize(1);
    assertThat(csv.get("label")).isEqualTo(json.get("label").getAsString());
    assertThat(Double.parseDouble(csv.get("unknown_score")))
        .isEqualTo(json.get("unknown_score").getAsDouble());
    var best = json.get("best_known_label").getAsString();
    assertThat(csv.get("p(" + best + ")"))
        .isEqualTo(json.getAsJsonObject("probabilities").get(best).getAsString());
    assertThat(table.lines().filter(line -> line.startsWith(image.toString())))
        .singleElement()
        .asString()
        .contains(csv.get("label"), best);
  }

  @Test
  void thresholdOfTheCallerDecides() throws IOException {
    var image = folder.resolve("threshold.png");
    Files.write(image, DrawnImages.noise(40, "png", 2));
    assertThat(labelAt(image, "-1e9")).isEqualTo("unknown");
    assertThat(labelAt(image, "1e9")).isNotEqualTo("unknown");
  }

  private static String labelAt(Path image, String threshold) {
    var answer =
        CommandLineRun.of("predict", model(), image, "--format", "csv", "--threshold", threshold);
    return csv(answer.out()).get(0).get("label");
  }

  @Test
  void damagedImagesCostOnlyTheirOwnAnswers() throws IOException {
    var images = Files.createDirectories(folder.resolve("mixed"));
    var whole = DrawnImages.noise(64, "jpg", 3);
    Files.write(images.resolve("a.jpg"), whole);
    Files.write(images.resolve("b.jpg"), java.util.Arrays.copyOf(whole, whole.length / 3));
    Files.writeString(images.resolve("c.png"), "no image");
    Files.write(images.resolve("d.PNG"), DrawnImages.noise(20, "png", 4));
    Files.writeString(images.resolve("notes.txt"), "not looked at");

    var predicted =
        CommandLineRun.of(
            "predict", model(), images, images.resolve("nosuch.png"), "--format", "csv");

    assertThat(predicted.code()).isEqualTo(ExitCodes.DATA);
    assertThat(csv(predicted.out()))
        .extracting(row -> Path.of(row.get("file")).getFileName().toString())
        .containsExactly("a.jpg", "d.PNG");
    assertThat(predicted.errors())
        .satisfiesExactlyInAnyOrder(
            line -> assertThat(line).contains("b.jpg", "damaged or cut off"),
            line -> assertThat(line).contains("c.png", "no image: the file does not begin like"),
            line -> assertThat(line).contains("nosuch.png", "no such file"),
            line -> assertThat(line).contains("3 of 5 images"));
  }

  @Test
  void provenanceOfRunAndModelIsTheSame() throws IOException {
    var of = CommandLineRun.of("provenance", model());
    assertThat(of.code()).as(of.err()).isZero();
    assertThat(of.out()).contains("weights_sha256", "code_sha256", "the weights have this digest");
    var equal = CommandLineRun.of("provenance", "diff", run(), model(), "--json");
    assertThat(equal.code()).as(equal.out() + equal.err()).isZero();
    var changed = Files.createDirectories(folder.resolve("changed"));
    Files.copy(run().resolve("experiment.textproto"), changed.resolve("experiment.textproto"));
    var text = Files.readString(run().resolve("provenance.json"));
    Files.writeString(
        changed.resolve("provenance.json"), text.replaceFirst("\"cpu\": \".*\"", "\"cpu\": \"x\""));
    var differs = CommandLineRun.of("provenance", "diff", run(), changed);
    assertThat(differs.code()).isEqualTo(ExitCodes.DIFFERS);
    assertThat(differs.out().lines().filter(line -> line.startsWith("  ")))
        .singleElement()
        .asString()
        .startsWith("  cpu: ")
        .endsWith("-> \"x\"");
  }

  @Test
  void damagedRunsAndModelsAreRefusedInWords() throws IOException {
    var formats = new FuzzFormats(folder.resolve("damaged")).ofModel(run(), model().resolve("1"));
    var fuzzer = new Fuzzer(folder.resolve("found"), 20);
    for (var format : formats.values()) {
      assertThat(fuzzer.run(format, 0, 4)).isEmpty();
    }
  }

  private static JsonObject json(Path file) throws IOException {
    return JsonParser.parseString(Files.readString(file)).getAsJsonObject();
  }

  /** Rows by column name; no field of these tests holds a comma. */
  private static List<Map<String, String>> csv(String text) {
    var lines = text.lines().toList();
    var header = lines.get(0).split(",", -1);
    return lines.stream()
        .skip(1)
        .map(
            line -> {
              var fields = line.split(",", -1);
              var row = new HashMap<String, String>();
              for (var i = 0; i < header.length; i++) {
                row.put(header[i], fields[i]);
              }
              return (Map<String, String>) row;
            })
        .toList();
  }
}
