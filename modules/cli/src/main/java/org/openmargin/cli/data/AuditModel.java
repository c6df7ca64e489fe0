package org.openmargin.cli.data;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.openmargin.cli.console.Console;
import org.openmargin.cli.console.Notices;
import org.openmargin.cli.predict.ExportedModel;
import org.openmargin.data.Images;
import org.openmargin.data.audit.Embedding;
import org.openmargin.experiment.ModelLoader;
import org.openmargin.experiment.folder.RunException;
import org.openmargin.experiment.wiring.runtime.DeviceChoice;
import org.openmargin.serving.Classification;
import org.openmargin.serving.OpenSetClassifier;
import picocli.CommandLine.Option;

/** {@code --model}. */
final class AuditModel {
  @Option(
      names = "--model",
      paramLabel = "SAVEDMODEL",
      description = {
        "Also find images that this model can hardly tell apart, by its embeddings: copies that",
        "are cropped or recoloured. At most 20000 images."
      })
  private Optional<Path> model;

  /** Loads the model, if one is given, and closes it behind the work. */
  <T> T during(Console console, Function<Optional<Embedding>, T> work) {
    if (model.isEmpty()) {
      return work.apply(Optional.empty());
    }
    var known = ExportedModel.require(model.get(), console);
    console.status().brief("loading the model");
    var models = new ModelLoader(DeviceChoice.AUTO, new Notices(console));
    try (var classifier = models.load(known)) {
      return work.apply(Optional.of(images -> embeddings(classifier, images)));
    }
  }

  private static List<float[]> embeddings(OpenSetClassifier classifier, List<Images> images) {
    var first = images.get(0);
    if (first.channels() != classifier.channels()) {
      throw new RunException(
          "--model: the model sees images of %d channels, these have %d"
              .formatted(classifier.channels(), first.channels()));
    }
    var pixels =
        images.stream()
            .map(
                image -> {
                  var bytes = new byte[image.bytesPerImage()];
                  image.copyTo(0, bytes, 0);
                  return bytes;
                })
            .toList();
    return classifier.classify(pixels, first.height(), first.width()).stream()
        .map(Classification::embedding)
        .toList();
  }
}
