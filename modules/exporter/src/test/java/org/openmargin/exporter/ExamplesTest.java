package org.openmargin.exporter;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openmargin.serving.ExampleImages;
import org.openmargin.serving.ModelContract;
import org.openmargin.serving.OpenSetClassifier;

/** The images that are stored with a model. */
class ExamplesTest {
  @TempDir static Path shared;
  private static TrainedNetwork network;

  @TempDir Path base;

  @BeforeAll
  static void train() throws IOException {
    network = TrainedNetwork.omcl(shared.resolve("omcl"));
  }

  @Test
  void drawnOnesAreTheSameInEveryExportAndNoTestImages() throws IOException {
    var request = network.request(base, "max_logit");
    var first = golden(Exporter.export(request, PlainSession.CONFIG).directory());
    var second = golden(Exporter.export(request, PlainSession.CONFIG).directory());
    assertThat(first).isEqualTo(second);
    assertThat(images(first)).hasSizeGreaterThanOrEqualTo(8).doesNotHaveDuplicates();
    assertThat(images(first)).doesNotContainAnyElementsOf(encoded(network.images()));
  }

  @Test
  void theyMeetAcceptedAndRejectedImagesAndAreAnsweredByTheModelItself() throws IOException {
    var model = Exporter.export(network.request(base, "max_probability_open")).directory();
    var golden = golden(model);
    var labels = strings(golden.getAsJsonObject("outputs"), "label");
    assertThat(labels).contains("unknown");
    assertThat(labels).anyMatch(label -> !label.equals("unknown"));
    try (var classifier = OpenSetClassifier.load(model)) {
      var pixels = images(golden).stream().map(Base64.getDecoder()::decode).toList();
      assertThat(classifier.classify(pixels, 20, 20).stream().map(answer -> answer.label()))
          .containsExactlyElementsOf(labels);
    }
  }

  @Test
  void realOnesAreStoredOnRequestAndTheReadmeSaysSo() throws IOException {
    var plain = network.request(base, "max_logit");
    var request =
        new ExportRequest(
            plain.source(),
            plain.decision(),
            plain.target(),
            plain.golden(),
            new ExportRequest.Contents(ExampleImages.REAL, WeightForm.VARIABLES, ""));
    var model = Exporter.export(request, PlainSession.CONFIG).directory();
    assertThat(images(golden(model))).isSubsetOf(encoded(network.images()));
    assertThat(golden(model).get("examples").getAsString()).isEqualTo("real");
    assertThat(base.resolve("blood/README.md")).content().contains("**real test images");
    assertThat(model.resolve(ModelContract.DESCRIPTION_FILE))
        .content()
        .contains("\"example_images\": \"real\"");
  }

  private static List<String> encoded(List<byte[]> images) {
    return images.stream().map(Base64.getEncoder()::encodeToString).toList();
  }

  private static List<String> images(JsonObject golden) {
    return strings(golden, "images_base64");
  }

  private static List<String> strings(JsonObject object, String name) {
    return StreamSupport.stream(object.getAsJsonArray(name).spliterator(), false)
        .map(element -> element.getAsString())
        .toList();
  }

  private static JsonObject golden(Path model) throws IOException {
    var text = Files.readString(model.resolve(ModelContract.EXAMPLES_FILE));
    return JsonParser.parseString(text).getAsJsonObject();
  }
}
