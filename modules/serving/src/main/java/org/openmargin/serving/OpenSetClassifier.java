package org.openmargin.serving;

import java.nio.file.Path;
import java.util.List;
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
 *
 * <p>What it adds to TensorFlow's run of the graph is the copy of the images into one tensor and of
 * the answers into arrays; {@code tools/benchmarks/inference} measures it.
 */
public final class OpenSetClassifier implements AutoCloseable {
  private final LoadedModel model;
  private final SelfDescription self;
  private final ImageCall pixelCall;
  private final ImageCall fileCall;
  private final int channels;

  private OpenSetClassifier(LoadedModel model, int channels) {
    this.model = model;
    this.self = SelfDescription.of(model);
    this.pixelCall = ImageCall.pixels(model, self.classNames());
    this.fileCall = ImageCall.files(model, self.classNames());
    this.channels = channels;
  }

  /**
   * Loads a version directory, or the highest version in a model's directory, and lets it look at a
   * black pixel and at a file that is none, so that the first caller waits no longer than others.
   *
   * @throws ModelException if it holds no such model, or a damaged one
   */
  public static OpenSetClassifier load(Path savedModel) {
    return load(savedModel, ConfigProto.getDefaultInstance());
  }

  /**
   * The same, with given devices and threads.
   *
   * @throws ModelException as {@link #load(Path)}
   */
  public static OpenSetClassifier load(Path savedModel, ConfigProto session) {
    var model = LoadedModel.open(LoadedModel.versionDirectory(savedModel), session);
    try {
      var meta = model.meta();
      if (!meta.getSignatureDefMap().keySet().containsAll(GraphContract.signatures())) {
        throw new ModelException(
            "%s is a SavedModel, but not one of OpenMargin's: its signatures are %s"
                .formatted(model.directory(), meta.getSignatureDefMap().keySet()));
      }
      var images = meta.getSignatureDefOrThrow(ModelContract.DEFAULT).getInputsOrThrow("images");
      var channels = Math.toIntExact(images.getTensorShape().getDim(3).getSize());
      return new OpenSetClassifier(model, channels).warmedUp();
    } catch (RuntimeException e) {
      model.close();
      throw e;
    }
  }

  /**
   * Calls both signatures: TensorFlow plans a graph on its first run, which takes some tenths of a
   * second, many times as long as an answer, and a client would wait for it.
   */
  private OpenSetClassifier warmedUp() {
    classify(new byte[channels], 1, 1);
    encoded(List.of(new byte[1]));
    return this;
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
      return pixelCall.classify(tensor);
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
    } catch (ModelException e) {
      throw new IllegalArgumentException(
          "file %d of %d cannot be decoded: it is cut off or damaged"
              .formatted(firstDamaged(files) + 1, files.size()),
          e);
    }
  }

  private List<Classification> encoded(List<byte[]> files) {
    try (var tensor = TensorProtos.strings(files)) {
      return fileCall.classify(tensor);
    }
  }

  private int firstDamaged(List<byte[]> files) {
    for (var i = 0; i < files.size() - 1; i++) {
      try {
        encoded(files.subList(i, i + 1));
      } catch (ModelException e) {
        return i;
      }
    }
    return files.size() - 1;
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
