package org.openmargin.exporter;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.openmargin.exporter.timing.BatchTimes;
import org.openmargin.serving.ExampleImages;

/** Files beside the versions, for operators of a model server; the texts are resources. */
final class ServingNotes {
  private static final int MOST = 63;

  private ServingNotes() {}

  /** Configuration of TensorFlow Serving ({@code --model_config_file}). */
  static String modelsConfig(String model) throws IOException {
    return text("models.config").replace("@MODEL@", model);
  }

  /** Options of batching ({@code --batching_parameters_file}), from what was measured. */
  static String batching(String model, BatchTimes times) throws IOException {
    var table =
        times.micros().entrySet().stream()
            .map(time -> "#   batch %3d: %d us".formatted(time.getKey(), time.getValue()))
            .toList();
    var best = times.best();
    var allowed =
        times.micros().headMap(best + 1).keySet().stream()
            .map("allowed_batch_sizes: %d"::formatted)
            .toList();
    return text("batching.pbtxt")
        .replace("@MODEL@", model)
        .replace("@TABLE@", String.join("\n", table))
        .replace("@ALLOWED@", String.join("\n", allowed))
        .replace("@BATCH@", Integer.toString(best))
        .replace("@TIMEOUT@", Long.toString(times.micros().get(1)))
        .replace("@CORES@", Integer.toString(Runtime.getRuntime().availableProcessors()));
  }

  /** Options of monitoring ({@code --monitoring_config_file}). */
  static String monitoring(String model) throws IOException {
    return text("monitoring.pbtxt").replace("@MODEL@", model);
  }

  /** A deployment and a service. */
  static String kubernetes(String model) throws IOException {
    return text("kubernetes.yaml").replace("@MODEL@", model).replace("@NAME@", label(model));
  }

  /** Of a service: letters, digits and dashes, a letter first, at most 63 (RFC 1035). */
  private static String label(String model) {
    var name = model.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
    var lettered = name.matches("[a-z].*") ? name : "model-" + name;
    return lettered.substring(0, Math.min(MOST, lettered.length())).replaceAll("-+$", "");
  }

  /** How to call the model. */
  static String readme(ExportRequest request) throws IOException {
    var input = request.source().network().input();
    return text("served-model.md")
        .replace("@UNFINISHED@", unfinished(request))
        .replace("@MODEL@", request.target().model())
        .replace("@CLASSES@", String.join(", ", request.decision().head().classNames()))
        .replace("@THRESHOLD@", Float.toString((float) request.decision().threshold().threshold()))
        .replace("@EXAMPLES@", examples(request.contents().examples()))
        .replace("@HEIGHT@", Integer.toString(input.height()))
        .replace("@WIDTH@", Integer.toString(input.width()))
        .replace("@CHANNELS@", Integer.toString(input.channels()));
  }

  private static String unfinished(ExportRequest request) {
    var reason = request.source().provenance().getOrDefault("unfinished", "");
    return reason.isEmpty()
        ? ""
        : "\n**Unfinished**: the weights are not those of a finished training; %s.\n"
            .formatted(reason);
  }

  private static String examples(ExampleImages images) {
    return switch (images) {
      case DRAWN ->
          "Its example images are noise and drawn shapes: they show no image of any data set.";
      case REAL ->
          "Its example images are **real test images, pixel for pixel**: whoever has this model has them, too.";
    };
  }

  private static String text(String name) throws IOException {
    try (var in = ServingNotes.class.getResourceAsStream(name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
