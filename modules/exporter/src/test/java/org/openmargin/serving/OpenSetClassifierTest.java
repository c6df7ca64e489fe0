package org.openmargin.serving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openmargin.exporter.ExportRequest;
import org.openmargin.exporter.Exporter;
import org.openmargin.exporter.Png;
import org.openmargin.exporter.TrainedNetwork;
import org.tensorflow.proto.ConfigProto;
import org.tensorflow.proto.SavedModel;

class OpenSetClassifierTest {
  @TempDir static Path directory;
  private static TrainedNetwork network;
  private static Path exported;
  private static OpenSetClassifier classifier;

  @BeforeAll
  static void export() throws IOException {
    network = TrainedNetwork.softmax(directory.resolve("run"));
    exported = Exporter.export(network.request(directory, "energy")).directory();
    classifier = OpenSetClassifier.load(exported.getParent());
  }

  @AfterAll
  static void close() {
    classifier.close();
  }

  @Test
  void answersAreThoseOfTheEvaluation() {
    var decision = network.decision("energy");
    var batch = network.images().subList(0, TrainedNetwork.BATCH);

    var answers = classifier.classify(batch, 18, 14);

    assertThat(answers).hasSize(TrainedNetwork.BATCH);
    for (var row = 0; row < answers.size(); row++) {
      var answer = answers.get(row);
      var score = decision.scorer().unknownScores(network.predictions())[row];
      var best = TrainedNetwork.CLASSES.get(network.predictions().predictedClass(row));
      assertThat(answer.unknownScore()).isEqualTo((float) score);
      assertThat(answer.unknown()).isEqualTo(score > decision.threshold().threshold());
      assertThat(answer.bestKnownLabel()).isEqualTo(best);
      assertThat(answer.label()).isEqualTo(answer.unknown() ? "unknown" : best);
      assertThat(answer.embedding()).isEqualTo(network.predictions().embeddings()[row]);
      assertThat(answer.probabilities()).hasSize(4);
      assertThat(sum(answer.probabilities())).isCloseTo(1, within(1e-6));
      assertThat(answer.inputOk()).isTrue();
    }
  }

  @Test
  void filesGiveWhatTheirPixelsGive() {
    var pixels = network.images().get(4);

    var fromPixels = classifier.classify(pixels, 18, 14);
    var fromFiles =
        classifier.classifyEncoded(List.of(Png.encode(pixels, 18, 14, 1), new byte[] {1}));

    assertThat(fromFiles.get(0).label()).isEqualTo(fromPixels.label());
    assertThat(fromFiles.get(0).unknownScore()).isCloseTo(fromPixels.unknownScore(), within(1e-5));
    assertThat(fromFiles.get(1).inputOk()).isFalse();
    assertThat(fromFiles.get(1).reason()).isEqualTo(Reason.NOT_AN_IMAGE);
    assertThat(fromFiles.get(1).bestKnownLabel()).isEqualTo("unknown");
    assertThat(fromFiles.get(1).probabilities()).containsOnly(0);
    assertThat(fromFiles.get(1).unknown()).isTrue();
    assertThat(fromFiles.get(1).label()).isEqualTo("unknown");
  }

  @Test
  void aFileAnImageAndItsBytesGiveTheSame() throws IOException {
    var png = Png.encode(network.images().get(4), 18, 14, 1);
    var file = Files.write(directory.resolve("image.png"), png);
    var want = classifier.classifyEncoded(List.of(png)).get(0).unknownScore();
    assertThat(classifier.classify(file).unknownScore()).isEqualTo(want);
    assertThat(classifier.classify(ImageIO.read(file.toFile())).unknownScore()).isEqualTo(want);
  }

  @Test
  void everyAlphaOfTheCalibrationHasItsThreshold() {
    var decision = network.decision("energy");
    assertThat(decision.calibration().thresholds()).hasSizeGreaterThan(1);
    for (var threshold : decision.calibration().thresholds()) {
      assertThat(classifier.threshold(threshold.alpha())).isEqualTo(threshold.threshold());
    }
    assertThatThrownBy(() -> classifier.threshold(0.2))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("no threshold for alpha 0.2; it has some for [");
  }

  @Test
  void anotherThresholdDecidesAnewAndNothingElse() {
    var answer = classifier.classify(network.images().get(4), 18, 14);
    var score = answer.unknownScore();
    assertThat(answer.at(score).label()).isEqualTo(answer.bestKnownLabel());
    assertThat(answer.at(Math.nextDown((float) score)).label()).isEqualTo("unknown");
    for (var threshold : List.of(Double.NaN, 1 / 0.0, -1 / 0.0)) {
      assertThat(answer.at(threshold).unknown()).as("%s", threshold).isTrue();
    }
    assertThat(answer.at(score).embedding()).isSameAs(answer.embedding());
    var noFile = classifier.classifyEncoded(List.of(new byte[] {1})).get(0);
    assertThat(noFile.at(noFile.unknownScore()).unknown()).isTrue();
  }

  @Test
  void labelsAreThoseOfTheModelItself() throws IOException {
    var trained = TrainedNetwork.omcl(directory.resolve("omcl-run"));
    var plain = trained.request(directory.resolve("omcl"), "max_logit");
    var cropping =
        new ExportRequest.Source(trained.network(), trained.checkpoint(), 16, Map.of("a", "b"));
    var request = new ExportRequest(cropping, plain.decision(), plain.target(), plain.golden());
    var version = Exporter.export(request).directory();
    var images = TrainedNetwork.randomImages(9, 30 * 24 * 3);

    try (var open = OpenSetClassifier.load(version);
        var model = LoadedModel.open(version, ConfigProto.getDefaultInstance());
        var tensor = TensorProtos.images(images, 30, 24, 3);
        var words = model.call(ModelContract.SERVING_DEFAULT, Map.of("images", tensor))) {
      var answers = open.classify(images, 30, 24);

      assertThat(answers).extracting(Classification::unknown).contains(true, false);
      assertThat(answers)
          .extracting(Classification::label)
          .isEqualTo(words.strings("label"))
          .contains("unknown");
      assertThat(answers)
          .extracting(Classification::bestKnownLabel)
          .isEqualTo(words.strings("best_known_label"));
    }
  }

  @Test
  void aFileThatIsCutOffIsARowAndItsNeighboursAreAnswered() {
    var good = Png.encode(network.images().get(0), 18, 14, 1);
    var want = classifier.classifyEncoded(List.of(good)).get(0);

    var answers = classifier.classifyEncoded(List.of(good, Arrays.copyOf(good, 60), good));

    assertThat(answers).hasSize(3);
    for (var row : List.of(0, 2)) {
      assertThat(answers.get(row).label()).isEqualTo(want.label());
      assertThat(answers.get(row).unknownScore()).isCloseTo(want.unknownScore(), within(1e-5));
    }
    var refused = answers.get(1);
    assertThat(refused.reason()).isEqualTo(Reason.TRUNCATED);
    assertThat(refused.detail()).isEqualTo("damaged or cut off: the PNG file ends in a chunk");
    assertThat(refused.unknown()).isTrue();
    assertThat(refused.label()).isEqualTo("unknown");
    assertThat(refused.bestKnownLabel()).isEqualTo("unknown");
    assertThat(refused.unknownScore()).isEqualTo(Float.MAX_VALUE);
    assertThat(refused.probabilities()).hasSize(4).containsOnly(0);
    assertThat(refused.embedding()).hasSameSizeAs(want.embedding()).containsOnly(0);
    assertThat(refused.at(Float.MAX_VALUE)).isSameAs(refused);
  }

  @Test
  void imagesOfTheWrongSizeAreRefused() {
    assertThatThrownBy(() -> classifier.classify(List.of(new byte[252], new byte[250]), 18, 14))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("image 1 has 250 bytes; 18 x 14 pixels of 1 channels are 252");
  }

  @Test
  void nothingInNothingOut() {
    assertThat(classifier.classify(List.of(), 18, 14)).isEmpty();
    assertThat(classifier.classifyEncoded(List.of())).isEmpty();
  }

  @Test
  void manyThreadsGetTheAnswersOfOne() throws InterruptedException, ExecutionException {
    var expected = network.images().stream().map(OpenSetClassifierTest::score).toList();
    var threads = Executors.newFixedThreadPool(4);
    try {
      Callable<List<Double>> task =
          () -> network.images().stream().map(OpenSetClassifierTest::score).toList();
      for (var future : threads.invokeAll(IntStream.range(0, 12).mapToObj(i -> task).toList())) {
        assertThat(future.get()).isEqualTo(expected);
      }
    } finally {
      threads.shutdown();
    }
  }

  @Test
  void theModelSaysWhatItIs() throws IOException {
    assertThat(classifier.classNames()).isEqualTo(TrainedNetwork.CLASSES);
    assertThat(classifier.threshold())
        .isEqualTo(network.decision("energy").threshold().threshold());
    assertThat(classifier.description())
        .isEqualTo(Files.readString(exported.resolve("assets.extra/open_set.json")))
        .contains("\"git_commit\": \"0123abc\"", "\"note\": \"\\\"a\\\"\\n\"");
    assertThat(classifier.selfDescription().model()).isEqualTo("blood");
    assertThat(classifier.selfDescription().alpha()).isEqualTo(0.3);
  }

  @Test
  void directoriesWithoutAModelAreRefused(@TempDir Path empty) throws IOException {
    assertThatThrownBy(() -> OpenSetClassifier.load(empty.resolve("none")))
        .isInstanceOf(ModelException.class)
        .hasMessage(empty.resolve("none") + " is not a directory");
    assertThatThrownBy(() -> OpenSetClassifier.load(empty))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("neither a saved_model.pb nor a version directory");
    Files.writeString(empty.resolve("saved_model.pb"), "no protobuf");
    assertThatThrownBy(() -> OpenSetClassifier.load(empty))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("saved_model.pb is damaged");
    Files.copy(
        exported.resolve("saved_model.pb"),
        empty.resolve("saved_model.pb"),
        StandardCopyOption.REPLACE_EXISTING);
    assertThatThrownBy(() -> OpenSetClassifier.load(empty))
        .isInstanceOf(ModelException.class)
        .hasMessage(empty + " is damaged: its variables/variables.index is missing");
    Files.createDirectories(empty.resolve("variables"));
    Files.writeString(empty.resolve("variables/variables.index"), "");
    assertThatThrownBy(() -> OpenSetClassifier.load(empty))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("cannot be loaded");
  }

  @Test
  void aModelThatLacksAnOutputIsRefused(@TempDir Path damaged) throws IOException {
    Files.createDirectories(damaged.resolve("variables"));
    Files.createDirectories(damaged.resolve("assets"));
    Files.copy(exported.resolve("assets/labels.txt"), damaged.resolve("assets/labels.txt"));
    for (var name : List.of("variables.index", "variables.data-00000-of-00001")) {
      var file = Path.of("variables", name);
      Files.copy(exported.resolve(file), damaged.resolve(file));
    }
    var proto = SavedModel.parseFrom(Files.readAllBytes(exported.resolve("saved_model.pb")));
    var edited = proto.toBuilder();
    edited
        .getMetaGraphsBuilder(0)
        .putSignatureDef(
            "serving_bytes",
            proto.getMetaGraphs(0).getSignatureDefOrThrow("serving_bytes").toBuilder()
                .removeOutputs("reason")
                .build());
    Files.write(damaged.resolve("saved_model.pb"), edited.build().toByteArray());

    assertThatThrownBy(() -> OpenSetClassifier.load(damaged))
        .isInstanceOf(ModelException.class)
        .hasMessage(damaged + ": signature serving_bytes has no 'reason'");
  }

  private static double score(byte[] pixels) {
    return classifier.classify(pixels, 18, 14).unknownScore();
  }

  private static double sum(float[] values) {
    var sum = 0.0;
    for (var value : values) {
      sum += value;
    }
    return sum;
  }
}
