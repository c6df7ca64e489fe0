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
import org.openmargin.files.TfRecords;
import org.openmargin.serving.Answers;
import org.openmargin.serving.LoadedModel;
import org.openmargin.serving.ModelContract;
import org.openmargin.serving.TensorProtos;
import org.openmargin.serving.WarmUp;
import org.tensorflow.Tensor;
import org.tensorflow.proto.TensorProto;

/**
 * Requests with their answers, kept with the model: the warm-up file of TensorFlow Serving, and
 * {@code golden.json} for checks in other languages.
 *
 * @param model loaded and verified
 * @param request for names, sizes and images
 */
public record Examples(LoadedModel model, ExportRequest request) {

  private static final int MOST = 8;

  /** Writes both files into {@code assets.extra}. */
  void write(Path directory) throws IOException {
    var extra = directory.resolve("assets.extra");
    var records = new ByteArrayOutputStream();
    for (var warmUp : warmUps()) {
      TfRecords.write(records, warmUp.encode());
    }
    Files.write(extra.resolve(ModelContract.WARM_UP_FILE), records.toByteArray());
    Files.writeString(extra.resolve(ModelContract.GOLDEN_FILE), Json.of(golden()));
  }

  /** Both image signatures, one image and several. */
  private List<WarmUp> warmUps() {
    var several = pixels();
    var warmUps = new ArrayList<WarmUp>();
    for (var images : List.of(several.subList(0, 1), several)) {
      try (var tensor = images(images);
          var files = TensorProtos.strings(images.stream().map(this::png).toList())) {
        warmUps.add(call(ModelContract.DEFAULT, Map.of("images", tensor)));
        warmUps.add(call(ModelContract.BYTES, Map.of("image_bytes", files)));
      }
    }
    return warmUps;
  }

  private WarmUp call(String signature, Map<String, Tensor> inputs) {
    var protos = new TreeMap<String, TensorProto>();
    inputs.forEach((name, tensor) -> protos.put(name, TensorProtos.of(tensor)));
    try (var answers = model.call(signature, inputs)) {
      return new WarmUp(request.target().model(), signature, protos, answers.toProtos());
    }
  }

  private Map<String, Object> golden() {
    var input = request.source().network().input();
    var pixels = pixels();
    try (var images = images(pixels);
        var answers = model.call(ModelContract.DEFAULT, Map.of("images", images))) {
      return Description.ordered(
          "signature", ModelContract.DEFAULT,
          "shape", List.of(pixels.size(), input.height(), input.width(), input.channels()),
          "images_base64", pixels.stream().map(Base64.getEncoder()::encodeToString).toList(),
          "png_base64",
              pixels.stream().map(this::png).map(Base64.getEncoder()::encodeToString).toList(),
          "outputs",
              Description.ordered(
                  "logits", rows(answers, "logits"),
                  "probabilities", rows(answers, "probabilities"),
                  "embedding", rows(answers, "embedding"),
                  "unknown_score", list(answers.floats("unknown_score")),
                  "label", answers.strings("label")));
    }
  }

  private List<byte[]> pixels() {
    return request.golden().batches().stream()
        .flatMap(List::stream)
        .limit(MOST)
        .map(Golden.Row::pixels)
        .toList();
  }

  private Tensor images(List<byte[]> pixels) {
    var input = request.source().network().input();
    return TensorProtos.images(pixels, input.height(), input.width(), input.channels());
  }

  private byte[] png(byte[] pixels) {
    var input = request.source().network().input();
    return Png.encode(pixels, input.height(), input.width(), input.channels());
  }

  private static List<List<Float>> rows(Answers answers, String name) {
    var all = list(answers.floats(name));
    var width = answers.width(name);
    var rows = new ArrayList<List<Float>>();
    for (var start = 0; start < all.size(); start += width) {
      rows.add(all.subList(start, start + width));
    }
    return rows;
  }

  private static List<Float> list(float[] values) {
    var list = new ArrayList<Float>();
    for (var value : values) {
      list.add(value);
    }
    return list;
  }
}
