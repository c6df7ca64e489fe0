package org.openmargin.exporter.calibration;

import com.google.gson.Gson;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.openmargin.exporter.Json;
import org.openmargin.files.TfRecords;
import org.openmargin.scoring.calibration.DecisionRule;
import org.openmargin.serving.Answers;
import org.openmargin.serving.LoadedModel;
import org.openmargin.serving.ModelContract;
import org.openmargin.serving.ModelContract.Signature;
import org.openmargin.serving.TensorProtos;
import org.openmargin.serving.WarmUp;
import org.openmargin.serving.WarmUpFile;
import org.tensorflow.Tensor;
import org.tensorflow.proto.ConfigProto;
import org.tensorflow.proto.TensorProto;
import org.tensorflow.types.TFloat32;

/**
 * The examples of the version before, answered by the new one, after a proof that these answers are
 * what the calibration says.
 *
 * @param proof asked for every answer to pixels or files
 */
record CalibratedExamples(LoadedModel model, DecisionRule rule, CalibrationProof proof) {

  /** Writes warm-up requests and {@code golden.json}. */
  static void write(Path base, Path version, DecisionRule rule) throws IOException {
    try (var before = LoadedModel.open(base, ConfigProto.getDefaultInstance());
        var after = LoadedModel.open(version, ConfigProto.getDefaultInstance())) {
      var examples = new CalibratedExamples(after, rule, new CalibrationProof(before, rule));
      examples.writeWarmUp(base.resolve(ModelContract.WARM_UP_FILE), version);
      examples.writeGolden(base.resolve(ModelContract.EXAMPLES_FILE), version);
    }
  }

  private void writeWarmUp(Path from, Path version) throws IOException {
    var bytes = new ByteArrayOutputStream();
    for (var record : WarmUpFile.read(from)) {
      TfRecords.write(bytes, answered(record).encode());
    }
    Files.write(version.resolve(ModelContract.WARM_UP_FILE), bytes.toByteArray());
  }

  private WarmUp answered(WarmUp record) {
    var signature = signature(record.signature());
    var protos = new TreeMap<>(record.inputs());
    protos.computeIfPresent(
        ModelContract.THRESHOLD, (n, old) -> filled(old, rule.threshold().threshold()));
    protos.computeIfPresent(ModelContract.ALPHA, (n, old) -> filled(old, rule.alpha()));
    var inputs = new TreeMap<String, Tensor>();
    try {
      protos.forEach((name, proto) -> inputs.put(name, TensorProtos.toTensor(proto)));
      try (var answers = model.call(signature, inputs)) {
        proof.require(signature, inputs, answers);
        return new WarmUp(record.model(), record.signature(), protos, answers.toProtos());
      }
    } finally {
      inputs.values().forEach(Tensor::close);
    }
  }

  private static Signature signature(String name) {
    return Stream.of(ModelContract.SIGNATURES, ModelContract.OPTIONAL_SIGNATURES)
        .flatMap(List::stream)
        .filter(signature -> signature.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private static TensorProto filled(TensorProto old, double value) {
    var values = new float[(int) old.getTensorShape().getDim(0).getSize()];
    Arrays.fill(values, (float) value);
    try (var tensor = TFloat32.vectorOf(values)) {
      return TensorProtos.of(tensor);
    }
  }

  private void writeGolden(Path from, Path version) throws IOException {
    var json = JsonParser.parseString(Files.readString(from)).getAsJsonObject();
    var shape = json.getAsJsonArray("shape");
    var pixels = new ArrayList<byte[]>();
    json.getAsJsonArray("images_base64")
        .forEach(image -> pixels.add(Base64.getDecoder().decode(image.getAsString())));
    try (var images =
            TensorProtos.images(
                pixels, shape.get(1).getAsInt(), shape.get(2).getAsInt(), shape.get(3).getAsInt());
        var answers =
            model.call(ModelContract.SERVING_DEFAULT, Map.of(ModelContract.IMAGES, images))) {
      json.add("outputs", outputs(answers));
    }
    Files.writeString(version.resolve(ModelContract.EXAMPLES_FILE), Json.compact(json));
  }

  private static JsonObject outputs(Answers answers) {
    var outputs =
        Json.object(
            ModelContract.LOGITS, answers.rows(ModelContract.LOGITS),
            ModelContract.PROBABILITIES, answers.rows(ModelContract.PROBABILITIES),
            ModelContract.EMBEDDING, answers.rows(ModelContract.EMBEDDING),
            ModelContract.UNKNOWN_SCORE, answers.floats(ModelContract.UNKNOWN_SCORE),
            ModelContract.LABEL, answers.strings(ModelContract.LABEL));
    return new Gson().toJsonTree(outputs).getAsJsonObject();
  }
}
