package org.openmargin.serving;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;
import org.openmargin.files.image.EncodedImage;
import org.openmargin.files.image.ImageFileException;
import org.openmargin.files.image.LevelRule;
import org.openmargin.files.image.NoImageException;
import org.tensorflow.proto.ConfigProto;

/**
 * Runs an exported model in the JVM.
 *
 * <pre>{@code
 * try (var classifier = OpenSetClassifier.load(Path.of("savedmodels/blood"))) {
 *   var answer = classifier.classify(Path.of("image.png"));
 *   System.out.println(answer.label());
 *   System.out.println(answer.at(classifier.threshold(0.01)).label()); // stricter or laxer
 * }
 * }</pre>
 *
 * <p>Thread-safe: any number of threads may classify with one instance. Holds native memory until
 * closed. Besides running the graph, it copies the images into one tensor and the answers into
 * arrays; {@code tools/benchmarks/inference} measures the cost.
 */
public final class OpenSetClassifier implements AutoCloseable {
  /** Begins like no image. */
  private static final byte[] NO_IMAGE = new byte[1];

  private final LoadedModel model;
  private final SelfDescription self;
  private final LevelRule levels;
  private final AlphaThresholds thresholds;
  private final ImageCall pixelCall;
  private final ImageCall fileCall;

  private OpenSetClassifier(LoadedModel model) {
    model.requireContract();
    this.model = model;
    this.self = SelfDescription.of(model);
    this.levels = self.levels();
    this.thresholds = AlphaThresholds.of(self);
    this.pixelCall = ImageCall.pixels(model, self.classNames());
    this.fileCall = ImageCall.files(model, self.classNames());
  }

  /**
   * Loads a version directory, or the highest version in a model's directory, and runs one dummy
   * request per image signature: TensorFlow optimises a graph on its first run, which takes some
   * tenths of a second that the first real call would have to wait.
   *
   * @throws ModelException if the directory holds no such model, or a damaged one
   */
  public static OpenSetClassifier load(Path savedModel) {
    return load(savedModel, ConfigProto.getDefaultInstance());
  }

  /** As {@link #load(Path)}, with the given devices and threads. */
  public static OpenSetClassifier load(Path savedModel, ConfigProto session) {
    var model = LoadedModel.open(LoadedModel.versionDirectory(savedModel), session);
    try {
      var classifier = new OpenSetClassifier(model);
      classifier.classify(new byte[classifier.pixelCall.channels()], 1, 1);
      classifier.encoded(List.of(NO_IMAGE));
      return classifier;
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
    try (var tensor = TensorProtos.images(images, height, width, pixelCall.channels())) {
      return pixelCall.classify(tensor);
    }
  }

  /**
   * Classifies image files: JPEG, PNG, and the first frame of GIF, BMP and TIFF files.
   *
   * <p>Each file is read to its end before anything is decoded, as in training, so that there is no
   * answer about half an image. TensorFlow alone answers for a JPEG file that is cut off but has an
   * end marker.
   *
   * @param files contents of the files
   * @return one answer per file, in order; a file that is no image, or of another format, is
   *     unknown, with {@link Classification#inputOk} false
   * @throws IllegalArgumentException if a file is damaged, cut off, or of an unusual kind, such as
   *     CMYK; the message says which and why
   */
  public List<Classification> classifyEncoded(List<byte[]> files) {
    if (files.isEmpty()) {
      return List.of();
    }
    var whole = new ArrayList<byte[]>();
    for (var i = 0; i < files.size(); i++) {
      whole.add(whole(files.get(i), i, files.size(), levels));
    }
    try {
      return encoded(whole);
    } catch (ModelException e) {
      throw new IllegalArgumentException(
          "file %d of %d cannot be decoded".formatted(firstRefused(whole) + 1, files.size()), e);
    }
  }

  /**
   * Classifies an image file.
   *
   * @throws IOException if it cannot be read
   * @throws IllegalArgumentException as {@link #classifyEncoded}
   */
  public Classification classify(Path file) throws IOException {
    return classifyEncoded(List.of(Files.readAllBytes(file))).get(0);
  }

  /**
   * Classifies an image in memory, as a file of it would be.
   *
   * @throws IllegalArgumentException if no PNG file can hold it
   */
  public Classification classify(BufferedImage image) {
    var file = new ByteArrayOutputStream();
    try {
      if (!ImageIO.write(image, "png", file)) {
        throw new IllegalArgumentException("no PNG file can hold the image: " + image);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return classifyEncoded(List.of(file.toByteArray())).get(0);
  }

  private static byte[] whole(byte[] file, int index, int count, LevelRule levels) {
    try {
      return EncodedImage.of(file, levels).file();
    } catch (NoImageException e) {
      return NO_IMAGE;
    } catch (ImageFileException e) {
      throw new IllegalArgumentException(
          "file %d of %d cannot be used: %s".formatted(index + 1, count, e.getMessage()), e);
    }
  }

  private List<Classification> encoded(List<byte[]> files) {
    try (var tensor = TensorProtos.strings(files)) {
      return fileCall.classify(tensor);
    }
  }

  private int firstRefused(List<byte[]> files) {
    for (var i = 0; i < files.size() - 1; i++) {
      try {
        encoded(files.subList(i, i + 1));
      } catch (ModelException e) {
        return i;
      }
    }
    return files.size() - 1;
  }

  /** Channels of the images: 1 (grey) or 3 (RGB). */
  public int channels() {
    return pixelCall.channels();
  }

  /** Known classes, in label order. */
  public List<String> classNames() {
    return self.classNames();
  }

  /** Unknown scores above it mean "unknown". */
  public double threshold() {
    return self.threshold();
  }

  /**
   * The threshold that rejects known images at another rate, for {@link Classification#at}.
   *
   * @param alpha one of those in the model's description, such as 0.01
   * @throws IllegalArgumentException for another, naming those there are
   */
  public double threshold(double alpha) {
    return thresholds.at(alpha);
  }

  /** Text of {@code open_set.json}: everything about the model, as JSON. */
  public String description() {
    return self.description();
  }

  public SelfDescription selfDescription() {
    return self;
  }

  @Override
  public void close() {
    model.close();
  }
}
