package org.openmargin.exporter;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.tensorflow.Tensor;
import org.tensorflow.proto.ConfigProto;

/**
 * Runs an exported model in the JVM.
 *
 * <pre>{@code
 * try (var classifier = OpenSetClassifier.load(Path.of("savedmodels/blood"))) {
 *   var answer = classifier.classifyEncoded(List.of(Files.readAllBytes(image))).get(0);
 *   System.out.println(answer.label());
 * }
 * }</pre>
 *
 * <p>Thread-safe: any number of threads may classify with one instance. Holds native memory until
 * closed.
 */
public final class OpenSetClassifier implements AutoCloseable {
  private final LoadedModel model;
  private final SelfDescription self;
  private final int channels;

  private OpenSetClassifier(LoadedModel model, SelfDescription self, int channels) {
    this.model = model;
    this.self = self;
    this.channels = channels;
  }

  /**
   * Loads a version directory, or the highest version in a model's directory.
   *
   * @throws ExportException if it holds no such model, or a damaged one
   */
  public static OpenSetClassifier load(Path savedModel) {
    return load(savedModel, ConfigProto.getDefaultInstance());
  }

  /**
   * The same, with given devices and threads.
   *
   * @throws ExportException as {@link #load(Path)}
   */
  public static OpenSetClassifier load(Path savedModel, ConfigProto session) {
    var model = LoadedModel.open(LoadedModel.versionDirectory(savedModel), session);
    try {
      var meta = model.meta();
      if (!meta.getSignatureDefMap().keySet().containsAll(GraphContract.signatures())) {
        throw new ExportException(
            "%s is a SavedModel, but not one of OpenMargin's: its signatures are %s"
                .formatted(model.directory(), meta.getSignatureDefMap().keySet()));
      }
      var images = meta.getSignatureDefOrThrow(ServingGraph.DEFAULT).getInputsOrThrow("images");
      var channels = Math.toIntExact(images.getTensorShape().getDim(3).getSize());
      return new OpenSetClassifier(model, SelfDescription.of(model), channels);
    } catch (RuntimeException e) {
      model.close();
      throw e;
    }
  }

  /**
   * Classifies one image.
   *
   * @param pixels [height, width, channels] row-major, uint8
   */
  public Classification classify(byte[] pixels, int height, int width) {
    return classify(List.of(pixels), height, width).get(0);
  }

  /**
   * Classifies images of one size.
   *
   * @param images [height, width, channels] row-major, uint8, each
   * @return one answer per image, in order
   * @throws IllegalArgumentException if an image is not of that size
   */
  public List<Classification> classify(List<byte[]> images, int height, int width) {
    if (images.isEmpty()) {
      return List.of();
    }
    try (var tensor = TensorProtos.images(images, height, width, channels)) {
      var allOk = new boolean[images.size()];
      Arrays.fill(allOk, true);
      try (var answers = model.call(ServingGraph.DEFAULT, Map.of("images", tensor))) {
        return rows(answers, allOk);
      }
    }
  }

  /**
   * Classifies JPEG and PNG files.
   *
   * @param files contents of the files
   * @return one answer per file, in order; what is neither JPEG nor PNG is unknown and not {@link
   *     Classification#inputOk}
   * @throws IllegalArgumentException if a file begins as JPEG or PNG and cannot be decoded; the
   *     message says which
   */
  public List<Classification> classifyEncoded(List<byte[]> files) {
    if (files.isEmpty()) {
      return List.of();
    }
    try {
      return encoded(files);
    } catch (ExportException e) {
      throw new IllegalArgumentException(
          "file %d of %d cannot be decoded: it is cut off or damaged"
              .formatted(firstDamaged(files) + 1, files.size()),
          e);
    }
  }

  private List<Classification> encoded(List<byte[]> files) {
    try (Tensor tensor = TensorProtos.strings(files);
        var answers = model.call(ServingGraph.BYTES, Map.of("image_bytes", tensor))) {
      return rows(answers, answers.booleans("input_ok"));
    }
  }

  private int firstDamaged(List<byte[]> files) {
    for (var i = 0; i < files.size() - 1; i++) {
      try {
        encoded(files.subList(i, i + 1));
      } catch (ExportException e) {
        return i;
      }
    }
    return files.size() - 1;
  }

  private static List<Classification> rows(Answers answers, boolean[] ok) {
    var labels = answers.strings("label");
    var best = answers.strings("best_known_label");
    var unknown = answers.booleans("is_unknown");
    var scores = answers.floats("unknown_score");
    var probabilities = answers.floats("probabilities");
    var embeddings = answers.floats("embedding");
    var classes = answers.width("probabilities");
    var size = answers.width("embedding");
    var rows = new ArrayList<Classification>();
    for (var i = 0; i < ok.length; i++) {
      rows.add(
          new Classification(
              labels.get(i),
              unknown[i],
              scores[i],
              best.get(i),
              Arrays.copyOfRange(probabilities, i * classes, (i + 1) * classes),
              Arrays.copyOfRange(embeddings, i * size, (i + 1) * size),
              ok[i]));
    }
    return List.copyOf(rows);
  }

  /** Known classes, in label order. */
  public List<String> classNames() {
    return self.classNames();
  }

  /** Unknown scores above it mean "unknown". */
  public double threshold() {
    return self.threshold();
  }

  /** What the model says of itself. */
  public SelfDescription selfDescription() {
    return self;
  }

  /** Text of {@code open_set.json}: everything about the model, as JSON. */
  public String description() {
    return self.description();
  }

  @Override
  public void close() {
    model.close();
  }
}
