package org.openmargin.exporter;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openmargin.scoring.training.SimilarityEmbedding;
import org.openmargin.scoring.training.TrainingOutputs;
import org.openmargin.serving.LoadedModel;
import org.openmargin.serving.ModelContract;
import org.openmargin.serving.OpenSetClassifier;
import org.openmargin.serving.TensorProtos;
import org.tensorflow.proto.ConfigProto;

/** A model whose embeddings are features of earlier layers: the decision is that of the network. */
class SimilarityExportTest {
  @TempDir static Path directory;
  private static TrainedNetwork network;
  private static SimilarityEmbedding similarity;
  private static Path exported;

  @BeforeAll
  static void export() throws IOException {
    network = TrainedNetwork.omcl(directory.resolve("run"));
    var training = new TrainingOutputs(network.predictions());
    similarity = SimilarityEmbedding.fit(training, List.of("stem", "stage2", "stain"), 0.75);
    var source = network.source();
    var decision = network.decision("max_logit");
    var embeddings = similarity.of(network.predictions());
    var request =
        new ExportRequest(
            new ExportRequest.Source(
                source.network(),
                source.checkpoint(),
                source.centreCropPx(),
                source.provenance(),
                source.trainingImages(),
                source.levels(),
                Optional.of(similarity)),
            decision,
            network.request(directory, decision).target(),
            GoldenImages.of(
                network.images(),
                network.predictions(),
                decision,
                embeddings,
                TrainedNetwork.BATCH));
    exported = Exporter.export(request).directory();
  }

  @Test
  void everySignatureGivesThem() throws IOException {
    var want = similarity.of(network.predictions());
    var files = network.images().stream().map(pixels -> Png.encode(pixels, 20, 20, 3)).toList();
    try (var model = LoadedModel.open(exported, ConfigProto.getDefaultInstance());
        var tensor = TensorProtos.strings(files);
        var rows = model.call(ModelContract.EMBED, Map.of(ModelContract.IMAGE_BYTES, tensor))) {
      var got = rows.rows(ModelContract.EMBEDDING);
      for (var row = 0; row < want.length; row++) {
        assertThat(got[row]).hasSize(similarity.size());
        assertThat(cosine(got[row], want[row])).isGreaterThan(1 - 1e-6);
      }
    }
    assertThat(Files.readString(exported.resolve(ModelContract.DESCRIPTION_FILE)))
        .contains("\"embedding_size\": " + similarity.size())
        .contains(similarity.formula());
  }

  @Test
  void theDecisionIsThatOfTheNetworkAlone() {
    var decision = network.decision("max_logit");
    var scores = decision.scorer().unknownScores(network.predictions());
    var files = network.images().stream().map(pixels -> Png.encode(pixels, 20, 20, 3)).toList();
    try (var classifier = OpenSetClassifier.load(exported)) {
      var answers = classifier.classifyEncoded(files);
      for (var row = 0; row < scores.length; row++) {
        assertThat(answers.get(row).unknownScore()).isEqualTo((float) scores[row]);
      }
    }
  }

  private static double cosine(float[] a, float[] b) {
    double product = 0;
    double first = 0;
    double second = 0;
    for (var i = 0; i < a.length; i++) {
      product += (double) a[i] * b[i];
      first += (double) a[i] * a[i];
      second += (double) b[i] * b[i];
    }
    return product / Math.sqrt(first * second);
  }
}
