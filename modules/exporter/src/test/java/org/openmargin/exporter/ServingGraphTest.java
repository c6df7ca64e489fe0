package org.openmargin.exporter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openmargin.exporter.score.UnknownScoreGraph;
import org.openmargin.scoring.scorer.EmbeddingScorer;
import org.openmargin.serving.Answers;
import org.openmargin.serving.LoadedModel;
import org.openmargin.serving.ModelContract;
import org.openmargin.serving.ModelException;
import org.openmargin.serving.TensorProtos;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Session;
import org.tensorflow.Tensor;
import org.tensorflow.op.Ops;
import org.tensorflow.proto.ConfigProto;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TFloat32;

/** The signatures, as a client of a loaded model sees them. */
class ServingGraphTest {
  @TempDir static Path directory;
  private static TrainedNetwork network;
  private static LoadedModel model;

  @BeforeAll
  static void export() throws IOException {
    network = TrainedNetwork.omcl(directory.resolve("run"));
    var request = network.request(directory.resolve("models"), "max_probability_open");
    model =
        LoadedModel.open(Exporter.export(request).directory(), ConfigProto.getDefaultInstance());
  }

  @AfterAll
  static void close() {
    model.close();
  }

  @Test
  void labelsFollowTheDecision() {
    var decision = network.decision("max_probability_open");
    try (var images = images(network.images());
        var answers = model.call(ModelContract.SERVING_DEFAULT, Map.of("images", images))) {
      var unknown = answers.booleans("is_unknown");
      for (var row = 0; row < unknown.length; row++) {
        var best = network.predictions().predictedClass(row);
        var score = decision.scorer().unknownScores(network.predictions())[row];
        assertThat(unknown[row]).isEqualTo(score > decision.threshold().threshold());
        assertThat(answers.strings("label").get(row))
            .isEqualTo(unknown[row] ? "unknown" : TrainedNetwork.CLASSES.get(best));
        assertThat(answers.longs("label_index")[row]).isEqualTo(unknown[row] ? -1 : best);
        assertThat(answers.strings("best_known_label").get(row))
            .isEqualTo(TrainedNetwork.CLASSES.get(best));
      }
      assertThat(unknown).contains(true, false);
    }
  }

  @Test
  void probabilitiesLeaveTheOpenClassItsShare() {
    try (var images = images(network.images());
        var answers = model.call(ModelContract.SERVING_DEFAULT, Map.of("images", images))) {
      var probabilities = answers.floats("probabilities");
      var logits = network.predictions().logits()[3];
      var sum = 0.0;
      for (var logit : logits) {
        sum += Math.exp(logit);
      }
      assertThat(answers.width("probabilities")).isEqualTo(4);
      for (var j = 0; j < 4; j++) {
        assertThat(probabilities[3 * 4 + j])
            .isCloseTo((float) (Math.exp(logits[j]) / sum), within(1e-6f));
      }
    }
  }

  @Test
  void thresholdIsThatOfTheRequest() {
    try (var images = images(network.images().subList(0, 3));
        var high = TFloat32.vectorOf(1e30f);
        var low = TFloat32.vectorOf(-1e30f);
        var each = TFloat32.vectorOf(1e30f, -1e30f, 1e30f)) {
      assertThat(unknown(images, high)).containsExactly(false, false, false);
      assertThat(unknown(images, low)).containsExactly(true, true, true);
      assertThat(unknown(images, each)).containsExactly(false, true, false);
    }
  }

  @Test
  void aThresholdThatIsNotFiniteAcceptsNothing() {
    try (var images = images(network.images().subList(0, 3))) {
      for (var value : List.of(Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY)) {
        try (var threshold = TFloat32.vectorOf(value);
            var each = TFloat32.vectorOf(1e30f, value, 1e30f)) {
          assertThat(unknown(images, threshold)).as("%s", value).containsExactly(true, true, true);
          assertThat(unknown(images, each)).as("%s", value).containsExactly(false, true, false);
        }
      }
    }
  }

  @Test
  void theScoreThatIsReturnedAcceptsItsRowAsAThreshold() {
    try (var images = images(network.images());
        var answers = model.call(ModelContract.SERVING_DEFAULT, Map.of("images", images));
        var scores = TFloat32.vectorOf(answers.floats("unknown_score"))) {
      assertThat(unknown(images, scores)).containsOnly(false);
    }
  }

  @Test
  void aScoreThatIsNotFiniteIsUnknown() {
    try (var graph = new Graph();
        var session = new Session(graph)) {
      var tf = Ops.create(graph);
      var scores = new float[] {Float.NaN, Float.NEGATIVE_INFINITY, 1, 3};
      var rejected = ImageAnswers.rejected(tf, tf.constant(scores), tf.constant(2f));
      try (var result = session.runner().fetch(rejected).run();
          var values = (TBool) result.get(0)) {
        assertThat(values.streamOfObjects()).containsExactly(true, true, false, true);
      }
    }
  }

  /** Weights that became NaN show in all outputs at once, those that overflow in some. */
  @Test
  void aRowThatIsNotFiniteIsRejectedAndLeavesNoNumber() {
    try (var graph = new Graph();
        var session = new Session(graph)) {
      var tf = Ops.create(graph);
      var logits = tf.constant(new float[][] {{3, 1}, {Float.NaN, 1}, {2, 1}, {2, 1}});
      var score = tf.constant(new float[] {0, 0, Float.NaN, 0});
      var embedding = tf.constant(new float[][] {{1}, {1}, {1}, {Float.POSITIVE_INFINITY}});
      var numbers = new LinkedHashMap<String, Operand<TFloat32>>();
      numbers.put("logits", logits);
      numbers.put("embedding", embedding);
      var rows =
          new ImageAnswers(
              tf,
              tf.array("a", "b"),
              numbers,
              UnknownScoreGraph.Best.of(tf, logits, 2),
              score,
              tf.constant(1f),
              tf.fill(tf.shape(score), tf.constant(0.5f)),
              ImageAnswers.finite(tf, numbers, score),
              tf.fill(tf.shape(score), tf.constant(false)));
      var accepted = tf.fill(tf.shape(score), tf.constant(false));
      var outputs = rows.outputs(accepted);
      var names = List.copyOf(outputs.keySet());
      var runner = session.runner();
      outputs.values().forEach(runner::fetch);
      try (var answers = new Answers(runner.run(), names)) {
        assertThat(answers.strings("reason"))
            .containsExactly("ok", "not_finite", "not_finite", "not_finite");
        assertThat(answers.booleans("is_unknown")).containsExactly(false, true, true, true);
        assertThat(answers.strings("label")).containsExactly("a", "unknown", "unknown", "unknown");
        assertThat(answers.longs("best_known_index")).containsExactly(0, -1, -1, -1);
        assertThat(answers.floats("logits")).containsExactly(3, 1, 0, 0, 0, 0, 0, 0);
        assertThat(answers.floats("embedding")).containsExactly(1, 0, 0, 0);
        assertThat(answers.floats("unknown_score"))
            .containsExactly(0, Float.MAX_VALUE, Float.MAX_VALUE, Float.MAX_VALUE);
      }
    }
  }

  @Test
  void twoThresholdsForThreeImagesAreRefused() {
    try (var images = images(network.images().subList(0, 3));
        var one = images(network.images().subList(0, 1));
        var two = TFloat32.vectorOf(0f, 1f)) {
      assertThatThrownBy(() -> unknown(images, two)).isInstanceOf(ModelException.class);
      assertThatThrownBy(() -> unknown(one, two)).isInstanceOf(ModelException.class);
    }
  }

  @Test
  void aScoreEqualToTheThresholdIsAccepted() {
    var decision = network.decision("max_logit");
    var logits = network.predictions().logits()[0];
    var embedding = network.predictions().embeddings()[0];
    var score = (float) ((EmbeddingScorer) decision.scorer()).unknownScore(logits, embedding);
    var exported =
        Exporter.export(network.request(directory.resolve("equal"), "max_logit")).directory();
    try (var other = LoadedModel.open(exported, ConfigProto.getDefaultInstance());
        var image = images(network.images().subList(0, TrainedNetwork.BATCH));
        var equal = TFloat32.vectorOf(score);
        var below = TFloat32.vectorOf(Math.nextDown(score));
        var accepted =
            other.call(
                ModelContract.SERVING_THRESHOLD, Map.of("images", image, "threshold", equal));
        var rejected =
            other.call(
                ModelContract.SERVING_THRESHOLD, Map.of("images", image, "threshold", below))) {
      assertThat(accepted.booleans("is_unknown")[0]).isFalse();
      assertThat(rejected.booleans("is_unknown")[0]).isTrue();
    }
  }

  @Test
  void nonImageFilesAreUnknownAndTheirNeighboursAreNot() {
    var accepted = firstAccepted();
    var png = Png.encode(network.images().get(accepted), 20, 20, 3);
    try (var files = TensorProtos.strings(List.of(new byte[] {1, 2, 3}, png));
        var answers = model.call(ModelContract.SERVING_BYTES, Map.of("image_bytes", files))) {
      assertThat(answers.booleans("input_ok")).containsExactly(false, true);
      assertThat(answers.booleans("is_unknown")).containsExactly(true, false);
      assertThat(answers.strings("label").get(0)).isEqualTo("unknown");
      assertThat(answers.longs("label_index")[0]).isEqualTo(-1);
      assertThat(answers.floats("unknown_score")[0]).isEqualTo(Float.MAX_VALUE);
      assertThat(answers.strings("reason")).containsExactly("not_an_image", "ok");
      assertThat(answers.longs("best_known_index")[0]).isEqualTo(-1);
      assertThat(answers.strings("best_known_label").get(0)).isEqualTo("unknown");
      assertThat(answers.rows("probabilities")[0]).containsOnly(0);
      assertThat(answers.rows("probabilities")[1]).doesNotContain(0);
    }
  }

  @Test
  void noImagesGiveEmptyOutputs() {
    try (var images = images(List.of());
        var files = TensorProtos.strings(List.of());
        var fromPixels = model.call(ModelContract.SERVING_DEFAULT, Map.of("images", images));
        var fromFiles = model.call(ModelContract.SERVING_BYTES, Map.of("image_bytes", files))) {
      assertThat(fromPixels.floats("probabilities")).isEmpty();
      assertThat(fromPixels.strings("label")).isEmpty();
      assertThat(fromFiles.booleans("input_ok")).isEmpty();
      assertThat(fromFiles.tensor("embedding").shape().asArray()).containsExactly(0, 32);
    }
  }

  @Test
  void imagesOfOtherSizesAreAccepted() {
    var large = TrainedNetwork.randomImages(2, 50 * 64 * 3);
    try (var images = TensorProtos.images(large, 50, 64, 3);
        var answers = model.call(ModelContract.SERVING_DEFAULT, Map.of("images", images))) {
      assertThat(answers.floats("logits")).hasSize(10);
    }
  }

  @Test
  void describeRepeatsItselfForEveryRow() throws IOException {
    var json = Files.readString(model.directory().resolve("assets.extra/open_set.json"));
    try (var query = TensorProtos.strings(List.of(new byte[0], new byte[] {65}));
        var answers = model.call(ModelContract.DESCRIBE, Map.of("query", query))) {
      assertThat(answers.strings("model")).containsExactly("blood", "blood");
      assertThat(answers.strings("scorer")).containsOnly("max_probability_open");
      assertThat(answers.strings("class_names"))
          .hasSize(8)
          .startsWith("erythroblast", "eosinophil");
      assertThat(answers.doubles("alpha")).containsExactly(0.3, 0.3);
      assertThat(answers.doubles("threshold"))
          .containsOnly(network.decision("max_probability_open").threshold().threshold());
      assertThat(answers.strings("description")).containsExactly(json, json);
    }
  }

  @Test
  void theExportedGraphHoldsNothingOfInitialisationAndNoDefaults() {
    var graph = model.meta().getGraphDef();
    assertThat(graph.getNodeList())
        .noneMatch(node -> node.getOp().contains("Random"))
        .filteredOn(node -> node.getOp().equals("Conv2D"))
        .isNotEmpty()
        .allMatch(node -> !node.containsAttr("dilations"));
    assertThat(graph.getNodeList())
        .filteredOn(node -> node.getOp().equals("Conv2D"))
        .hasSize(2 * 9);
  }

  private static boolean[] unknown(Tensor images, Tensor threshold) {
    try (var answers =
        model.call(
            ModelContract.SERVING_THRESHOLD, Map.of("images", images, "threshold", threshold))) {
      return answers.booleans("is_unknown");
    }
  }

  private static int firstAccepted() {
    var rows = network.golden(network.decision("max_probability_open")).batches();
    for (var i = 0; ; i++) {
      if (!rows.get(i / TrainedNetwork.BATCH).get(i % TrainedNetwork.BATCH).verdict().unknown()) {
        return i;
      }
    }
  }

  private static Tensor images(List<byte[]> pixels) {
    return TensorProtos.images(pixels, 20, 20, 3);
  }
}
