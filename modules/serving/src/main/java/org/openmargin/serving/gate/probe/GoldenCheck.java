package org.openmargin.serving.gate.probe;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.openmargin.files.FileErrors;
import org.openmargin.serving.Answers;
import org.openmargin.serving.Finding;
import org.openmargin.serving.JsonText;
import org.openmargin.serving.LoadedModel;
import org.openmargin.serving.ModelContract;
import org.openmargin.serving.ModelException;
import org.openmargin.serving.TensorProtos;

/** Whether the model answers the images of {@code golden.json}, and their PNG files, as it says. */
record GoldenCheck(LoadedModel model) {
  /** Of the largest number. */
  private static final double TOLERANCE = 1e-4;

  private static final List<String> MATRICES =
      List.of(ModelContract.LOGITS, ModelContract.PROBABILITIES, ModelContract.EMBEDDING);

  Finding check() {
    try {
      return Finding.of("golden.json is answered as it says", problems());
    } catch (ModelException e) {
      return new Finding(false, "golden.json: " + e.getMessage());
    } catch (IllegalArgumentException | ClassCastException e) {
      return new Finding(false, "golden.json holds something else than images and answers");
    } catch (IOException e) {
      return new Finding(false, "golden.json cannot be read: " + FileErrors.reason(e));
    }
  }

  private List<String> problems() throws IOException {
    var json =
        JsonText.object(Files.readString(model.directory().resolve(ModelContract.EXAMPLES_FILE)));
    var shape = list(json.get("shape")).stream().map(size -> ((Double) size).intValue()).toList();
    var pixels = decoded(json.get("images_base64"));
    var files = decoded(json.get("png_base64"));
    if (shape.size() != 4 || shape.get(0) != pixels.size() || pixels.size() != files.size()) {
      throw new ModelException("it has not as many images as it says");
    }
    if (pixels.isEmpty() || !(json.get("outputs") instanceof Map<?, ?> outputs)) {
      throw new ModelException("it has no images, or no answers");
    }
    var problems = new ArrayList<String>();
    try (var images = TensorProtos.images(pixels, shape.get(1), shape.get(2), shape.get(3));
        var contents = TensorProtos.strings(files);
        var ofPixels =
            model.call(ModelContract.SERVING_DEFAULT, Map.of(ModelContract.IMAGES, images));
        var ofFiles =
            model.call(ModelContract.SERVING_BYTES, Map.of(ModelContract.IMAGE_BYTES, contents))) {
      problems.addAll(differences("its images", ofPixels, outputs));
      problems.addAll(differences("its PNG files", ofFiles, outputs));
    }
    return problems;
  }

  private static List<String> differences(String what, Answers answers, Map<?, ?> outputs) {
    var problems = new ArrayList<String>();
    for (var name : MATRICES) {
      var want = list(outputs.get(name)).stream().flatMap(row -> list(row).stream()).toList();
      if (!close(answers.floats(name), want)) {
        problems.add("golden.json: %s have other %s".formatted(what, name));
      }
    }
    var scores = list(outputs.get(ModelContract.UNKNOWN_SCORE));
    if (!close(answers.floats(ModelContract.UNKNOWN_SCORE), scores)) {
      problems.add("golden.json: %s have other unknown scores".formatted(what));
    }
    if (!answers.strings(ModelContract.LABEL).equals(outputs.get(ModelContract.LABEL))) {
      problems.add("golden.json: %s have other labels".formatted(what));
    }
    return problems;
  }

  private static boolean close(float[] got, List<?> want) {
    var largest = want.stream().mapToDouble(value -> Math.abs((Double) value)).max().orElse(0);
    var close = got.length == want.size();
    for (var i = 0; close && i < got.length; i++) {
      close = Math.abs(got[i] - (Double) want.get(i)) <= TOLERANCE * largest;
    }
    return close;
  }

  private static List<byte[]> decoded(Object texts) {
    return list(texts).stream().map(text -> Base64.getDecoder().decode((String) text)).toList();
  }

  private static List<?> list(Object value) {
    if (value instanceof List<?> found) {
      return found;
    }
    throw new ModelException("it lacks a list");
  }
}
