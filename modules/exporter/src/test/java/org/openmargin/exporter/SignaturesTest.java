package org.openmargin.exporter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openmargin.exporter.ExportRequest.Contents;
import org.openmargin.serving.Answers;
import org.openmargin.serving.ExampleImages;
import org.openmargin.serving.Finding;
import org.openmargin.serving.LoadedModel;
import org.openmargin.serving.ModelCheck;
import org.openmargin.serving.ModelContract;
import org.openmargin.serving.ModelException;
import org.openmargin.serving.TensorProtos;
import org.tensorflow.Tensor;
import org.tensorflow.proto.ConfigProto;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt64;
import org.tensorflow.types.TString;

/**
 * Every signature against the answers of {@code serving_default}, and a frozen model against it.
 */
class SignaturesTest {
  private static final String SCORER = "max_probability_open";

  /** The images are those that set the threshold: the last bit of a score can move its rank. */
  private static final float ONE_RANK = 1 / 13f + 1e-6f;

  private static final TFloat32 NONE = TFloat32.vectorOf(0f);
  private static final TFloat32 ANY = TFloat32.vectorOf(Float.MAX_VALUE);

  @TempDir static Path directory;
  private static TrainedNetwork network;
  private static ExportRequest request;
  private static LoadedModel model;
  private static LoadedModel frozen;
  private static ExampleRequests requests;

  @BeforeAll
  static void export() throws IOException {
    network = TrainedNetwork.omcl(directory.resolve("run"));
    request = network.request(directory.resolve("models"), SCORER);
    model = open(request);
    frozen = open(frozen(network.request(directory.resolve("frozen"), SCORER)));
    requests = ExampleRequests.of(network.images(), request);
  }

  private static ExportRequest frozen(ExportRequest request) {
    return request.with(new Contents(ExampleImages.DRAWN, WeightForm.FROZEN, "# card"));
  }

  private static LoadedModel open(ExportRequest request) {
    var exported = Exporter.export(request).directory();
    return LoadedModel.open(exported, ConfigProto.getDefaultInstance());
  }

  @AfterAll
  static void close() {
    model.close();
    frozen.close();
    requests.close();
  }

  private static Answers call(ModelContract.Signature signature) {
    return call(signature, Map.of());
  }

  private static Answers call(ModelContract.Signature signature, Map<String, Tensor> other) {
    return call(model, signature, other);
  }

  private static Answers call(
      LoadedModel from, ModelContract.Signature signature, Map<String, Tensor> other) {
    var inputs = new TreeMap<>(requests.of(from).get(signature));
    inputs.putAll(other);
    return from.call(signature, inputs);
  }

  @Test
  void examplesEmbedAndRegressAnswerAsFilesDo() {
    try (var files = call(ModelContract.SERVING_BYTES);
        var examples = call(ModelContract.SERVING_EXAMPLES);
        var embedded = call(ModelContract.EMBED);
        var regressed = call(ModelContract.REGRESS)) {
      assertThat(examples.toProtos()).isEqualTo(files.toProtos());
      assertThat(embedded.floats("embedding")).isEqualTo(files.floats("embedding"));
      assertThat(embedded.names()).containsExactlyInAnyOrder("embedding", "reason");
      assertThat(regressed.floats("outputs")).isEqualTo(files.floats("unknown_score"));
    }
  }

  @Test
  void anExampleWithoutAFileIsNoImageAndItsNeighbourIsOne() {
    var good = ((TString) requests.tensors().get("inputs")).asBytes();
    try (var inputs = TensorProtos.strings(List.of(new byte[0], good.getObject(0)));
        var answers = model.call(ModelContract.SERVING_EXAMPLES, Map.of("inputs", inputs));
        var classes = model.call(ModelContract.CLASSIFY, Map.of("inputs", inputs))) {
      assertThat(answers.strings("reason")).containsExactly("not_an_image", "ok");
      assertThat(classes.rows("scores")[0]).containsExactly(0, 0, 0, 0, 1);
    }
  }

  @Test
  void theClassWithTheLargestScoreIsTheDecision() {
    try (var want = call(ModelContract.SERVING_BYTES);
        var found = call(ModelContract.CLASSIFY)) {
      var scores = found.rows("scores");
      var classes = found.strings("classes");
      var labels = want.strings("label");
      for (var row = 0; row < scores.length; row++) {
        var of = scores[row];
        var best = IntStream.range(0, of.length).reduce((a, b) -> of[b] > of[a] ? b : a);
        assertThat(classes.get(row * of.length + best.orElseThrow())).isEqualTo(labels.get(row));
        assertThat(classes.get(row * of.length + of.length - 1)).isEqualTo("unknown");
      }
      assertThat(labels).contains("unknown").anyMatch(label -> !label.equals("unknown"));
    }
    var method = model.meta().getSignatureDefOrThrow("classify").getMethodName();
    assertThat(method).isEqualTo("tensorflow/serving/classify");
  }

  @Test
  void pValuesAreThoseOfTheCalibration() {
    try (var answers = call(ModelContract.SERVING_DEFAULT)) {
      var scores = answers.floats("unknown_score");
      var pValues = answers.floats("p_value");
      for (var row = 0; row < scores.length; row++) {
        var want = request.decision().calibration().pValue(scores[row]);
        // A calibration image's score may be off by the last bit.
        assertThat(pValues[row]).isCloseTo((float) want, within(ONE_RANK));
      }
    }
  }

  @Test
  void decideFollowsTheClientsThresholdOrAlpha() {
    try (var want = call(ModelContract.SERVING_DEFAULT);
        var threshold = call(ModelContract.DECIDE, Map.of("alpha", NONE));
        var pixels = call(ModelContract.DECIDE_PIXELS, Map.of("alpha", NONE));
        var alphas = call(ModelContract.DECIDE, Map.of("threshold", ANY));
        var strict = TFloat32.vectorOf(0.5f);
        var half = call(ModelContract.DECIDE, Map.of("threshold", ANY, "alpha", strict))) {
      var unknown = want.booleans("is_unknown");
      assertThat(threshold.booleans("is_unknown")).isEqualTo(unknown).contains(true, false);
      assertThat(pixels.toProtos()).isEqualTo(threshold.toProtos());
      var byAlpha = alphas.floats("p_value");
      for (var row = 0; row < byAlpha.length; row++) {
        assertThat(alphas.booleans("is_unknown")[row]).isEqualTo(!(byAlpha[row] > 0.3f));
      }
      assertThat(threshold.names()).doesNotContain("embedding", "logits");
      var pValues = want.floats("p_value");
      for (var row = 0; row < pValues.length; row++) {
        assertThat(half.booleans("is_unknown")[row]).isEqualTo(!(pValues[row] > 0.5f));
      }
    }
  }

  @Test
  void alphasAndThresholdsThatAreNotNumbersAcceptNothing() {
    try (var nan = TFloat32.vectorOf(Float.NaN)) {
      for (var name : List.of("alpha", "threshold")) {
        for (var signature : List.of(ModelContract.DECIDE, ModelContract.DECIDE_PIXELS)) {
          var inputs = new TreeMap<String, Tensor>(Map.of("alpha", NONE, "threshold", ANY));
          inputs.put(name, nan);
          try (var answers = call(signature, inputs)) {
            assertThat(answers.booleans("is_unknown")).as(name).containsOnly(true);
          }
        }
      }
    }
  }

  @Test
  void plainOperationsGiveTheSameNumbers() {
    try (var want = call(ModelContract.SERVING_DEFAULT);
        var plain = call(ModelContract.SERVING_PIXELS)) {
      for (var name : List.of("logits", "embedding", "probabilities")) {
        assertThat(plain.floats(name)).as(name).isEqualTo(want.floats(name));
      }
      assertThat(plain.booleans("is_unknown")).isEqualTo(want.booleans("is_unknown"));
      assertThat(plain.longs("best_known_index")).isEqualTo(want.longs("best_known_index"));
      assertClose(plain.floats("unknown_score"), want.floats("unknown_score"), 1e-6f);
      assertClose(plain.floats("p_value"), want.floats("p_value"), ONE_RANK);
    }
  }

  @Test
  void theHeatMapIsOfTheBestClassUnlessTheClientNamesOne() {
    try (var want = call(ModelContract.SERVING_BYTES);
        var best = call(ModelContract.EXPLAIN);
        var second = TInt64.vectorOf(2);
        var other = call(ModelContract.EXPLAIN, Map.of("class_index", second))) {
      assertThat(best.longs("explained_index")).isEqualTo(want.longs("best_known_index"));
      assertThat(other.longs("explained_index")).containsOnly(2);
      assertThat(best.tensor("heat_map").shape().asArray()).containsExactly(12, 10, 10);
      for (var value : best.floats("heat_map")) {
        assertThat(value).isBetween(0f, 1f);
      }
      assertThat(best.floats("heat_map")).contains(1f).isNotEqualTo(other.floats("heat_map"));
    }
  }

  @Test
  void noImagesGiveNoAnswersByAnySignatureForFiles() {
    try (var empty = ExampleRequests.of(List.of(), request)) {
      var some = new LinkedHashMap<>(empty.of(model));
      some.remove(ModelContract.SERVING_PIXELS);
      some.forEach(
          (signature, inputs) -> {
            try (var answers = model.call(signature, inputs)) {
              for (var name : answers.names()) {
                assertThat(answers.tensor(name).shape().get(0)).as(signature.name()).isZero();
              }
            }
          });
    }
  }

  @Test
  void everySignatureIsWarmedUp() {
    assertThat(ModelCheck.check(model.directory(), PlainSession.CONFIG)).allMatch(Finding::ok);
    assertThat(ModelCheck.check(frozen.directory(), PlainSession.CONFIG)).allMatch(Finding::ok);
  }

  @Test
  void aFrozenModelHasNoVariablesAndNoNorms() {
    assertThat(frozen.directory().resolve("variables")).doesNotExist();
    assertThat(frozen.meta().getGraphDef().getNodeList())
        .extracting(node -> node.getOp())
        .doesNotContain("VarHandleOp", "ReadVariableOp", "FusedBatchNormV3", "FusedBatchNormGradV3")
        .contains("BiasAdd", "Conv2DBackpropInput");
    assertThat(frozen.directory().getParent().resolve("MODEL_CARD.md")).hasContent("# card");
  }

  @Test
  void aFrozenModelAnswersTheSameBySevenDigitsOrSo() {
    for (var signature : requests.of(model).keySet()) {
      var inputs =
          signature.inputs().containsKey("alpha")
              ? Map.<String, Tensor>of("alpha", NONE)
              : Map.<String, Tensor>of();
      try (var want = call(signature, inputs);
          var got = call(frozen, signature, inputs)) {
        for (var entry : want.toProtos().entrySet()) {
          var name = entry.getKey();
          if (want.tensor(name) instanceof TFloat32) {
            var tolerance = name.equals("p_value") ? ONE_RANK : 2e-5f;
            assertClose(got.floats(name), want.floats(name), tolerance);
          } else if (!name.equals("description")) {
            assertThat(got.toProtos().get(name)).as(name).isEqualTo(entry.getValue());
          }
        }
      }
    }
  }

  @Test
  void aFrozenModelThatDiffersByMoreThanRoundingIsRefused() {
    var row = request.golden().batches().get(0).get(1);
    var logits = row.logits().clone();
    logits[0] += 0.01f;
    var wrong = new GoldenImages.Row(row.pixels(), logits, row.embedding(), row.verdict());
    var golden = new GoldenImages(List.of(List.of(wrong)));
    var other = new ExportRequest(request.source(), request.decision(), request.target(), golden);
    assertThatThrownBy(() -> Exporter.export(frozen(other)))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("golden image 0: logits[0] is");
  }

  private static void assertClose(float[] got, float[] want, float tolerance) {
    assertThat(got).hasSameSizeAs(want);
    for (var i = 0; i < got.length; i++) {
      assertThat(got[i]).isCloseTo(want[i], within(tolerance * Math.max(1, Math.abs(want[i]))));
    }
  }
}
