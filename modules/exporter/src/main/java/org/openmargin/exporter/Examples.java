package org.openmargin.exporter;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.openmargin.exporter.example.ExampleChoice;
import org.openmargin.files.TfRecords;
import org.openmargin.serving.LoadedModel;
import org.openmargin.serving.ModelContract;
import org.openmargin.serving.TensorProtos;
import org.openmargin.serving.WarmUp;
import org.tensorflow.Tensor;
import org.tensorflow.proto.TensorProto;

/**
 * Requests with their answers, stored with the model: the warm-up file of TensorFlow Serving, and
 * {@code golden.json} for checks in other languages.
 *
 * @param pixels the images, of the network's input size
 */
record Examples(LoadedModel model, ExportRequest request, List<byte[]> pixels) {

  /** Images of the kind that is asked for, which meet every class and "unknown" if they can. */
  static Examples of(LoadedModel model, ExportRequest request) {
    var classes = request.decision().head().knownClasses();
    var choice = new ExampleChoice(model, request.source().network(), classes);
    var pixels =
        switch (request.contents().examples()) {
          case DRAWN -> choice.drawn();
          case REAL -> choice.of(request.golden().images());
        };
    return new Examples(model, request, pixels);
  }

  void write(Path directory) throws IOException {
    var records = new ByteArrayOutputStream();
    for (var warmUp : warmUps()) {
      TfRecords.write(records, warmUp.encode());
    }
    Files.write(directory.resolve(ModelContract.WARM_UP_FILE), records.toByteArray());
    Files.writeString(directory.resolve(ModelContract.EXAMPLES_FILE), Json.compact(golden()));
  }

  /** Every signature, one image and several. */
  private List<WarmUp> warmUps() {
    var warmUps = new ArrayList<WarmUp>();
    for (var images : List.of(pixels.subList(0, 1), pixels)) {
      try (var requests = ExampleRequests.of(images, request)) {
        requests.of(model).forEach((signature, inputs) -> warmUps.add(call(signature, inputs)));
      }
    }
    return warmUps;
  }

  private WarmUp call(ModelContract.Signature signature, Map<String, Tensor> inputs) {
    var protos = new TreeMap<String, TensorProto>();
    inputs.forEach((name, tensor) -> protos.put(name, TensorProtos.of(tensor)));
    try (var answers = model.call(signature, inputs)) {
      return new WarmUp(request.target().model(), signature.name(), protos, answers.toProtos());
    }
  }

  private Map<String, Object> golden() {
    var input = request.source().network().input();
    try (var images = images(pixels);
        var answers =
            model.call(ModelContract.SERVING_DEFAULT, Map.of(ModelContract.IMAGES, images))) {
      return Json.object(
          "signature", ModelContract.SERVING_DEFAULT.name(),
          "examples", request.contents().examples().word(),
          "shape", List.of(pixels.size(), input.height(), input.width(), input.channels()),
          "images_base64", pixels.stream().map(Base64.getEncoder()::encodeToString).toList(),
          "png_base64",
              pixels.stream().map(this::png).map(Base64.getEncoder()::encodeToString).toList(),
          "outputs",
              Json.object(
                  ModelContract.LOGITS, answers.rows(ModelContract.LOGITS),
                  ModelContract.PROBABILITIES, answers.rows(ModelContract.PROBABILITIES),
                  ModelContract.EMBEDDING, answers.rows(ModelContract.EMBEDDING),
                  ModelContract.UNKNOWN_SCORE, answers.floats(ModelContract.UNKNOWN_SCORE),
                  ModelContract.LABEL, answers.strings(ModelContract.LABEL)));
    }
  }

  private Tensor images(List<byte[]> pixels) {
    var input = request.source().network().input();
    return TensorProtos.images(pixels, input.height(), input.width(), input.channels());
  }

  private byte[] png(byte[] pixels) {
    var input = request.source().network().input();
    return Png.encode(pixels, input.height(), input.width(), input.channels());
  }
}
