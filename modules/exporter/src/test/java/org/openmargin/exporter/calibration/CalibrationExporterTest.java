package org.openmargin.exporter.calibration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openmargin.exporter.ExportRequest;
import org.openmargin.exporter.Exporter;
import org.openmargin.exporter.ModelCopy;
import org.openmargin.exporter.PlainSession;
import org.openmargin.exporter.Png;
import org.openmargin.exporter.TrainedNetwork;
import org.openmargin.exporter.WeightForm;
import org.openmargin.exporter.gallery.GalleryExporter;
import org.openmargin.scoring.calibration.AcceptanceThreshold;
import org.openmargin.scoring.calibration.Calibration;
import org.openmargin.scoring.calibration.ConformalCalibration;
import org.openmargin.scoring.calibration.DecisionRule;
import org.openmargin.serving.Classification;
import org.openmargin.serving.ExampleImages;
import org.openmargin.serving.Finding;
import org.openmargin.serving.ModelException;
import org.openmargin.serving.OpenSetClassifier;
import org.openmargin.serving.gallery.Gallery;
import org.openmargin.serving.gallery.GalleryCalibration.Fixed;
import org.openmargin.serving.gallery.Identity;
import org.openmargin.serving.gallery.SimilarityRule;
import org.openmargin.serving.gallery.StoredGallery;
import org.openmargin.serving.gate.ModelGate;
import org.tensorflow.proto.ConfigProto;

class CalibrationExporterTest {
  private static final List<String> CLASSES = TrainedNetwork.CLASSES;

  @TempDir static Path directory;
  private static Path exported;
  private static List<byte[]> files;
  private static List<Classification> before;
  private static List<float[]> logits;

  @TempDir Path copies;
  private Path model;

  @BeforeAll
  static void export() throws IOException {
    var network = TrainedNetwork.omcl(directory.resolve("run"));
    var card = new ExportRequest.Contents(ExampleImages.DRAWN, WeightForm.VARIABLES, "# Card\n");
    exported = Exporter.export(network.request(directory, "max_logit").with(card)).directory();
    files = network.images().stream().map(pixels -> Png.encode(pixels, 20, 20, 3)).toList();
    try (var classifier = OpenSetClassifier.load(exported)) {
      before = classifier.classifyEncoded(files);
      logits = classifier.logits(files);
    }
  }

  @BeforeEach
  void copy() throws IOException {
    model = ModelCopy.of(exported.getParent(), copies.resolve("blood"));
  }

  private static int best(Classification answer) {
    return CLASSES.indexOf(answer.bestKnownLabel());
  }

  private static Calibration calibration(double alpha, double... scores) {
    return ConformalCalibration.of("max_logit", scores, List.of(3, 2, 1, 0), List.of(alpha));
  }

  /** Half of the images, so that some are rejected. */
  private static Calibration ofSome(double alpha) {
    var sorted = before.stream().mapToDouble(Classification::unknownScore).sorted();
    return calibration(alpha, sorted.limit(7).toArray());
  }

  private Path write(Path version, DecisionRule rule) {
    return write(new CalibrationExporter(version, Optional.empty(), PlainSession.CONFIG), rule);
  }

  private static Path write(CalibrationExporter exporter, DecisionRule rule) {
    return exporter.write(
        new NewCalibration(rule, Map.of("note", "of a test"), "calibrated for a test."));
  }

  private static List<Classification> answers(Path version) {
    try (var classifier = OpenSetClassifier.load(version)) {
      return classifier.classifyEncoded(files);
    }
  }

  private static void assertDecides(Path version, DecisionRule rule) {
    var answers = answers(version);
    for (var i = 0; i < files.size(); i++) {
      var answer = answers.get(i);
      var old = before.get(i);
      assertThat(answer.unknownScore()).isEqualTo(old.unknownScore());
      assertThat(answer.embedding()).isEqualTo(old.embedding());
      assertThat(answer.bestKnownLabel()).isEqualTo(old.bestKnownLabel());
      assertThat(answer.unknown()).isEqualTo(!rule.accepts(old.unknownScore(), best(old)));
      for (var c = 0; c < CLASSES.size(); c++) {
        assertThat((double) answer.probabilities()[c])
            .isCloseTo(rule.probability(logits.get(i), c), within(1e-6));
      }
      if (rule.temperature() == 1) {
        assertThat(answer.probabilities()).isEqualTo(old.probabilities());
      }
    }
    assertThat(answers).extracting(Classification::unknown).contains(true, false);
    assertThat(new ModelGate(ConfigProto.getDefaultInstance()).check(version))
        .allMatch(Finding::ok);
  }

  @Test
  void theNewVersionDecidesAsTheCalibrationInJava() throws IOException {
    var rule = new DecisionRule(ofSome(0.25), 0.25, List.of(), 2.5f);

    var version = write(model, rule);

    assertThat(version).isEqualTo(model.resolve("2"));
    assertDecides(version, rule);
    var json = Files.readString(version.resolve("assets.extra/open_set.json"));
    assertThat(json)
        .contains("\"version\": 2", "\"temperature\": 2.5", "\"validation_images\": 7")
        .contains("\"note\": \"of a test\"", "\"score_reference\"", "\"alpha\": 0.25");
    try (var classifier = OpenSetClassifier.load(version)) {
      assertThat(classifier.threshold()).isEqualTo(rule.threshold().threshold());
      assertThat(classifier.threshold(0.25)).isEqualTo(rule.threshold().threshold());
      assertThat(classifier.description()).isEqualTo(json);
    }
    assertThat(model.resolve("MODEL_CARD.md"))
        .hasContent("# Card\n\n## Later calibrations\n\n- Version 2: calibrated for a test.\n");
    assertThat(Files.readString(model.resolve("README.md")))
        .contains("\"threshold\": [%s]".formatted((float) rule.threshold().threshold()));
    assertThat(answers(model.resolve("1")).get(0).probabilities())
        .isEqualTo(before.get(0).probabilities());
  }

  /** The largest and the smallest score that the predicted classes may have. */
  private static DecisionRule byClass() {
    var sorted = before.stream().mapToDouble(Classification::unknownScore).sorted().toArray();
    var thresholds =
        IntStream.range(0, CLASSES.size())
            .mapToObj(c -> new AcceptanceThreshold(0.25, sorted[4 + c] + 1e-3 * c, 7, 0.25, 0.1))
            .toList();
    return new DecisionRule(ofSome(0.25), 0.25, thresholds, 1);
  }

  @Test
  void classesHaveTheirOwnThresholdsAndLoseThemAgain() {
    var rule = byClass();

    var own = write(model, rule);
    var one = new DecisionRule(ofSome(0.25), 0.25);
    var again = write(own, one);

    assertDecides(own, rule);
    assertThat(again).isEqualTo(model.resolve("3"));
    assertDecides(again, one);
  }

  @Test
  void aGalleryStaysAndKeepsTheDecision() {
    var templates = before.subList(0, 2).stream().map(Classification::embedding).toList();
    var gallery =
        Gallery.of(
            new SimilarityRule.Centroid(), new Fixed(0.5), List.of(Identity.of("a", templates)));
    new GalleryExporter(model, PlainSession.CONFIG)
        .change(none -> new StoredGallery(gallery, List.of()));
    var rule = byClass();

    var calibrated = write(model, rule);
    var enrolled =
        new GalleryExporter(model, PlainSession.CONFIG)
            .change(
                old -> {
                  var more = old.orElseThrow().gallery().enrolled("b", templates);
                  return new StoredGallery(more, List.of());
                });

    assertThat(StoredGallery.read(calibrated).gallery().identities()).hasSize(1);
    assertThat(enrolled.version()).isEqualTo(4);
    assertDecides(enrolled.directory(), rule);
  }

  @Test
  void frozenModelsAreCalibratedToo() throws IOException {
    var network = TrainedNetwork.softmax(copies.resolve("run"));
    var frozen = new ExportRequest.Contents(ExampleImages.DRAWN, WeightForm.FROZEN, "");
    var first = Exporter.export(network.request(copies.resolve("to"), "energy").with(frozen));
    var scores = IntStream.range(0, 9).mapToDouble(i -> -3 + 0.5 * i).toArray();
    var calibration =
        ConformalCalibration.of("energy", scores, List.of(9, 0, 0, 0), List.of(0.5, 0.1));

    var version =
        write(
            new CalibrationExporter(first.directory(), Optional.empty()),
            new DecisionRule(calibration, 0.5, List.of(), 0.7f));

    assertThat(version.resolve("saved_model.pb")).exists();
    assertThat(version.resolve("variables")).doesNotExist();
    assertThat(copies.resolve("to/blood/MODEL_CARD.md")).doesNotExist();
  }

  @Test
  void whatDoesNotFitLeavesNothingBehind() throws IOException {
    var other = ConformalCalibration.of("energy", new double[] {1, 2, 3}, List.of(), List.of(0.5));
    assertThatThrownBy(() -> write(model, new DecisionRule(other, 0.5)))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("belong to scorer 'energy', the model has 'max_logit'");
    Files.writeString(model.resolve("1/assets/labels.txt"), "a\nb\nc\nd\n");
    assertThatThrownBy(() -> write(model, new DecisionRule(ofSome(0.25), 0.25)))
        .hasMessageContaining("is damaged");
    try (var children = Files.list(model)) {
      assertThat(children.map(child -> child.getFileName().toString()))
          .doesNotContain("2")
          .noneMatch(name -> name.startsWith(".export"));
    }
    assertThat(model.resolve("MODEL_CARD.md")).hasContent("# Card\n");
  }
}
