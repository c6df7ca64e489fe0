package org.openmargin.exporter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.openmargin.exporter.ExportRequest.Decision;
import org.openmargin.exporter.ExportRequest.Target;
import org.openmargin.exporter.GoldenImages.Row;
import org.openmargin.exporter.GoldenImages.Verdict;
import org.openmargin.exporter.score.BankGraph;
import org.openmargin.loss.Arpl;
import org.openmargin.loss.Gcpl;
import org.openmargin.loss.Rpl;
import org.openmargin.nn.InputFormat;
import org.openmargin.nn.OpenSetLoss;
import org.openmargin.scoring.scorer.EmbeddingScorer;
import org.openmargin.scoring.scorer.Scorer;
import org.openmargin.serving.Finding;
import org.openmargin.serving.LoadedModel;
import org.openmargin.serving.ModelCheck;
import org.openmargin.serving.ModelContract;
import org.openmargin.serving.ModelException;
import org.openmargin.serving.TensorProtos;
import org.tensorflow.proto.ConfigProto;

class ExporterTest {
  @TempDir static Path shared;
  private static TrainedNetwork omcl;
  private static TrainedNetwork softmax;

  @TempDir Path base;

  @BeforeAll
  static void train() throws IOException {
    var input = InputFormat.of(20, 20, 3);
    omcl = TrainedNetwork.omcl(shared.resolve("omcl"), input, PlainSession.CONFIG);
    softmax = TrainedNetwork.softmax(shared.resolve("softmax"));
  }

  static Stream<String> scorersOfTheCosineHead() {
    return omcl.scorers().stream().map(Scorer::name);
  }

  @ParameterizedTest
  @MethodSource("scorersOfTheCosineHead")
  void everyScorerOfAnOpenCosineHeadIsExported(String scorer) {
    var exported = Exporter.export(omcl.request(base, scorer), PlainSession.CONFIG);

    assertThat(exported.directory()).isEqualTo(base.resolve("blood/1"));
    assertThat(exported.goldenImages()).isEqualTo(12);
    assertThat(ModelCheck.check(exported.directory(), PlainSession.CONFIG)).allMatch(Finding::ok);
    assertAnswersAsTheScorerDoes(exported.directory(), omcl, scorer);
  }

  @ParameterizedTest
  @ValueSource(strings = {"max_probability_closed", "vim", "react"})
  void scorersThatDifferForADenseHeadAreExported(String scorer) {
    var exported = Exporter.export(softmax.request(base, scorer));

    assertThat(ModelCheck.check(base.resolve("blood"), PlainSession.CONFIG)).allMatch(Finding::ok);
    assertThat(exported.version()).isEqualTo(1);
    assertAnswersAsTheScorerDoes(exported.directory(), softmax, scorer);
  }

  /** One image alone and seven at once, batches that the export's own comparison does not use. */
  private static void assertAnswersAsTheScorerDoes(
      Path directory, TrainedNetwork network, String name) {
    var decision = network.decision(name);
    var input = network.network().input();
    try (var model = LoadedModel.open(directory, ConfigProto.getDefaultInstance())) {
      for (var from : List.of(3, 5)) {
        var batch = network.images().subList(from, from == 3 ? 4 : 12);
        try (var images =
                TensorProtos.images(batch, input.height(), input.width(), input.channels());
            var answers = model.call(ModelContract.SERVING_DEFAULT, Map.of("images", images))) {
          var lastLayer = decision.scorer() instanceof EmbeddingScorer;
          var expected =
              decision.scorer() instanceof EmbeddingScorer scorer
                  ? scorer.unknownScores(answers.rows("logits"), answers.rows("embedding"))
                  : Arrays.copyOfRange(
                      decision.scorer().unknownScores(network.predictions()), from, 12);
          var actual = answers.floats("unknown_score");
          var unknown = answers.booleans("is_unknown");
          assertThat(actual).hasSize(batch.size());
          for (var row = 0; row < actual.length; row++) {
            var score = (float) expected[row];
            // Features are not among the answers, and those of another batch differ in the last
            // bits.
            var tolerance =
                lastLayer ? Math.max(Math.ulp(score), 1e-12f) : 1e-3f * (1 + Math.abs(score));
            assertThat(actual[row]).isCloseTo(score, within(tolerance));
            assertThat(unknown[row]).isEqualTo(!decision.threshold().accepts(expected[row]));
          }
        }
      }
    }
  }

  @Test
  void moreTrainingEmbeddingsThanAModelCanHoldAreRefused() {
    assertThatCode(() -> BankGraph.requireSmall("knn", 1 << 19, 512)).doesNotThrowAnyException();
    assertThatThrownBy(() -> BankGraph.requireSmall("knn", (1 << 19) + 512, 512))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("524800 of 512 numbers take 1025 MiB, more than the limit of 1024");
  }

  static Stream<OpenSetLoss> headsOfPoints() {
    return Stream.of(new Gcpl(4, 0.1, 1), new Rpl(4, 0.1, 2), new Arpl(4, 0.1, 1));
  }

  /** The exporter itself compares every output with the session's, bit by bit. */
  @ParameterizedTest
  @MethodSource("headsOfPoints")
  void headsOfSquaredDistancesAreExported(OpenSetLoss head) throws IOException {
    var network = TrainedNetwork.linear(base.resolve("trained"), head);
    for (var scorer : List.of("max_probability_closed", "max_logit")) {
      var exported = Exporter.export(network.request(base.resolve(scorer), scorer));
      assertThat(exported.goldenImages()).isEqualTo(12);
      assertThat(ModelCheck.check(exported.directory(), PlainSession.CONFIG)).allMatch(Finding::ok);
    }
  }

  @Test
  void layoutIsThatOfTensorFlowServing() throws IOException {
    Exporter.export(omcl.request(base, "energy"), PlainSession.CONFIG);

    assertThat(files(base))
        .containsExactlyInAnyOrder(
            "blood/.lock",
            "blood/README.md",
            "blood/batching.pbtxt",
            "blood/kubernetes.yaml",
            "blood/monitoring.pbtxt",
            "blood/models.config",
            "blood/1/saved_model.pb",
            "blood/1/variables/variables.index",
            "blood/1/variables/variables.data-00000-of-00001",
            "blood/1/assets/labels.txt",
            "blood/1/assets.extra/open_set.json",
            "blood/1/assets.extra/SHA256SUMS",
            "blood/1/assets.extra/golden.json",
            "blood/1/assets.extra/tf_serving_warmup_requests");
    assertThat(base.resolve("blood/1/assets/labels.txt"))
        .hasContent("erythroblast\neosinophil\nmonocyte\nplatelet\n");
  }

  @Test
  void versionsCountUpwardsAndAreNotOverwritten() {
    var request = omcl.request(base, "max_logit");
    assertThat(versionOf(request)).isEqualTo(1);
    assertThat(versionOf(request)).isEqualTo(2);
    assertThat(versionOf(withVersion(request, 41))).isEqualTo(41);
    assertThat(versionOf(request)).isEqualTo(42);
    assertThatThrownBy(() -> versionOf(withVersion(request, 2)))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("already has a version 2");
  }

  private static long versionOf(ExportRequest request) {
    return Exporter.export(request, PlainSession.CONFIG).version();
  }

  @Test
  void oneDifferentBitInALogitIsRefusedAndLeavesNothing() throws IOException {
    var request = omcl.request(base.resolve("new/models"), "max_logit");
    var row = request.golden().batches().get(1).get(2);
    var logits = row.logits().clone();
    logits[1] = Math.nextUp(logits[1]);

    var wrong = replaced(request, new Row(row.pixels(), logits, row.embedding(), row.verdict()));

    assertThatThrownBy(() -> Exporter.export(wrong, PlainSession.CONFIG))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("golden image 7: logits[1] is");
    assertThat(files(base)).isEmpty();
    assertThat(base.resolve("new")).doesNotExist();
  }

  @Test
  void differentVerdictsAreRefused() {
    var request = omcl.request(base, "max_logit");
    var row = request.golden().batches().get(1).get(2);
    var v = row.verdict();

    assertRefused(
        replaced(
            request,
            row,
            new Verdict((v.predictedClass() + 1) % 4, v.unknownScore(), v.unknown(), false)),
        "golden image 7: best_known_index");
    assertRefused(
        replaced(
            request,
            row,
            new Verdict(v.predictedClass(), v.unknownScore() + 1e-3, v.unknown(), false)),
        "golden image 7: unknown_score");
    assertRefused(
        replaced(
            request, row, new Verdict(v.predictedClass(), v.unknownScore(), !v.unknown(), false)),
        "golden image 7: is_unknown");
  }

  @Test
  void aFailedExportKeepsEarlierVersions() throws IOException {
    var request = omcl.request(base, "max_logit");
    Exporter.export(request, PlainSession.CONFIG);
    var before = files(base);
    var row = request.golden().batches().get(1).get(2);
    var v = row.verdict();

    assertRefused(
        replaced(
            request, row, new Verdict(v.predictedClass(), v.unknownScore(), !v.unknown(), false)),
        "is_unknown");

    assertThat(files(base)).isEqualTo(before);
  }

  @Test
  void aMissingCheckpointIsNamed() throws IOException {
    var request = omcl.request(base, "max_logit");
    var source = request.source();
    var wrong =
        new ExportRequest(
            new ExportRequest.Source(
                source.network(), shared.resolve("none"), 0, java.util.Map.of()),
            request.decision(),
            request.target(),
            request.golden());

    assertRefused(wrong, "none.index is missing");
    assertThat(files(base)).isEmpty();
  }

  @Test
  void aCheckpointOfAnotherNetworkIsRefused() throws IOException {
    var request = omcl.request(base, "max_logit");
    var wrong =
        new ExportRequest(
            new ExportRequest.Source(request.source().network(), softmax.checkpoint(), 0, Map.of()),
            request.decision(),
            request.target(),
            request.golden());

    assertRefused(wrong, "does not fit the network");
    assertThat(files(base)).isEmpty();
  }

  @Test
  void aHeadWithAnotherNumberOfClassesIsRefused() {
    var request = omcl.request(base, "max_logit");
    var head = org.openmargin.scoring.Head.openCosine(List.of("a", "b", "c"), 16);
    var decision =
        new Decision(head, request.decision().scorer(), request.decision().calibration(), 0.3);

    assertRefused(
        new ExportRequest(request.source(), decision, request.target(), request.golden()),
        "the calibration is one of 4 classes, but the head names 3");

    var old = request.decision().calibration();
    var unnamed =
        new org.openmargin.scoring.calibration.Calibration(
            old.scorer(), old.scores(), old.thresholds(), old.unattainableAlphas());
    var fitted = new Decision(head, request.decision().scorer(), unnamed, 0.3);
    assertRefused(
        new ExportRequest(request.source(), fitted, request.target(), request.golden()),
        "the network gives 5 logits, but the head has 4 columns");
  }

  @Test
  void requestsThatContradictThemselvesAreRefused() {
    var decision = omcl.decision("max_logit");

    assertThatThrownBy(
            () ->
                new Decision(
                    org.openmargin.scoring.Head.linear(List.of("unknown", "known")),
                    decision.scorer(),
                    decision.calibration(),
                    0.3))
        .hasMessageContaining("a class is called 'unknown'");
    assertThatThrownBy(
            () -> new Decision(decision.head(), decision.scorer(), decision.calibration(), 0.2))
        .hasMessageContaining("no threshold for alpha 0.2");
    assertThatThrownBy(
            () ->
                new Decision(
                    decision.head(), omcl.decision("energy").scorer(), decision.calibration(), 0.3))
        .hasMessageContaining("the thresholds belong to scorer 'max_logit'");
    assertThatThrownBy(() -> new Target(base, "../x", OptionalLong.empty()))
        .hasMessageContaining("'../x' is not a model name");
    assertThatThrownBy(() -> new GoldenImages(List.of())).hasMessageContaining("golden images");
  }

  @Test
  void aFileInPlaceOfTheTargetDirectoryIsOneClearError() throws IOException {
    Files.writeString(base.resolve("blood"), "not a directory");

    assertRefused(omcl.request(base, "max_logit"), "blood could not be written");
    assertThat(files(base)).containsExactly("blood");
  }

  private static void assertRefused(ExportRequest request, String message) {
    assertThatThrownBy(() -> Exporter.export(request, PlainSession.CONFIG))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining(message);
  }

  private static ExportRequest withVersion(ExportRequest request, int version) {
    var target =
        new Target(request.target().base(), request.target().model(), OptionalLong.of(version));
    return new ExportRequest(request.source(), request.decision(), target, request.golden());
  }

  private static ExportRequest replaced(ExportRequest request, Row row, Verdict verdict) {
    return replaced(request, new Row(row.pixels(), row.logits(), row.embedding(), verdict));
  }

  /** The request with another row in batch 1 at place 2. */
  private static ExportRequest replaced(ExportRequest request, Row row) {
    var batches = new ArrayList<>(request.golden().batches());
    var batch = new ArrayList<>(batches.get(1));
    batch.set(2, row);
    batches.set(1, batch);
    return new ExportRequest(
        request.source(), request.decision(), request.target(), new GoldenImages(batches));
  }

  private static List<String> files(Path root) throws IOException {
    try (var all = Files.walk(root)) {
      return all.filter(Files::isRegularFile)
          .map(file -> root.relativize(file).toString())
          .sorted()
          .toList();
    }
  }
}
