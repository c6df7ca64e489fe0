package org.openmargin.cli.gallery;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.openmargin.cli.console.Console;
import org.openmargin.cli.console.Notices;
import org.openmargin.cli.predict.ImagePaths;
import org.openmargin.cli.predict.ModelArgument;
import org.openmargin.experiment.Experiment;
import org.openmargin.experiment.ModelLoader;
import org.openmargin.experiment.folder.RunException;
import org.openmargin.experiment.wiring.runtime.DeviceChoice;
import org.openmargin.inference.FileClassifier;
import org.openmargin.inference.gallery.IdentityImages;
import org.openmargin.inference.gallery.ImageEmbeddings;
import org.openmargin.serving.OpenSetClassifier;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The model, the images to enrol, and how the threshold is found. */
final class EnrolledImages {
  @Mixin private ModelArgument model;

  @Parameters(
      index = "1..*",
      paramLabel = "DIR|CSV",
      description = {
        "Folders with a folder of images per identity, or CSV files with the columns file",
        "(relative to the CSV file) and identity."
      })
  private List<Path> places = new ArrayList<>();

  @Option(
      names = "--classes-of",
      paramLabel = "RUN",
      description =
          "Enrol the classes that the model was trained on, from the run's training images.")
  private Optional<Path> run;

  @Option(
      names = "--per-class",
      paramLabel = "N",
      defaultValue = "50",
      description = "With --classes-of: images of each class. Default: ${DEFAULT-VALUE}.")
  private int perClass;

  @Mixin private CalibrationOptions calibration;

  /** What is done with the embeddings. */
  interface Use<T> {
    T with(Map<String, List<float[]>> embeddings, ImageEmbeddings images);
  }

  Path model() {
    return model.path();
  }

  CalibrationOptions calibration() {
    return calibration;
  }

  void require() {
    calibration.require();
    if (places.isEmpty() && run.isEmpty()) {
      throw new RunException(
          "there is nothing to enrol: give a folder, a CSV file or --classes-of");
    }
    if (perClass < 1) {
      throw new RunException("--per-class is %d, must be at least 1".formatted(perClass));
    }
  }

  <T> T embedded(Console console, Use<T> use) {
    var images = places.isEmpty() ? new IdentityImages(Map.of()) : IdentityImages.in(places);
    var trained = run.map(folder -> Experiment.open(folder).trainingImages(perClass));
    console.status().brief("loading the model");
    var loader = new ModelLoader(DeviceChoice.AUTO, new Notices(console));
    try (var classifier = loader.load(model.path())) {
      var embeddings = new LinkedHashMap<String, List<float[]>>();
      trained.ifPresent(classes -> embeddings.putAll(classes.embeddings(classifier)));
      var embedder = embedder(classifier, console);
      embedder
          .of(images)
          .forEach(
              (name, rows) ->
                  embeddings.merge(
                      name,
                      rows,
                      (some, more) -> {
                        var all = new ArrayList<>(some);
                        all.addAll(more);
                        return all;
                      }));
      return use.with(embeddings, embedder);
    }
  }

  private static ImageEmbeddings embedder(OpenSetClassifier classifier, Console console) {
    return new ImageEmbeddings(FileClassifier.of(classifier), console.status());
  }

  static List<float[]> impostors(ImageEmbeddings images, Path folder) {
    return images.of(ImagePaths.of(List.of(folder)).files());
  }
}
