package org.openmargin.serving;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.openmargin.files.WholeFile;
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
public final class OpenSetClassifier implements FileModel {
  /** Begins like no image. */
  private static final byte[] NO_IMAGE = new byte[1];

  private final LoadedModel model;
  private final SelfDescription self;
  private final Function<byte[], InspectedFile> inspection;
  private final AlphaThresholds thresholds;
  private final ImageCall pixelCall;
  private final ImageCall fileCall;

  private OpenSetClassifier(LoadedModel model) {
    model.requireContract();
    this.model = model;
    this.self = SelfDescription.of(model);
    this.inspection = InspectedFile.by(self);
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
   * {@inheritDoc}
   *
   * <p>JPEG, PNG, BMP, and the first frame of GIF, TIFF and WebP files.
   *
   * @throws ModelException if the model fails; no file is a reason for that
   */
  @Override
  public List<Classification> classifyEncoded(List<byte[]> files) {
    if (files.isEmpty()) {
      return List.of();
    }
    var inspected = files.stream().map(inspection).toList();
    var rows = encoded(inspected.stream().map(InspectedFile::fed).toList());
    return IntStream.range(0, rows.size())
        .mapToObj(i -> inspected.get(i).answer(rows.get(i)))
        .toList();
  }

  /**
   * Classifies image files, as {@link #classifyEncoded}.
   *
   * @throws IOException if one cannot be read
   */
  public List<Classification> classifyFiles(List<Path> files) throws IOException {
    var contents = new ArrayList<byte[]>();
    for (var file : files) {
      contents.add(WholeFile.read(file));
    }
    return classifyEncoded(contents);
  }

  /**
   * Classifies an image file, as {@link #classifyEncoded}: one that is no image is unknown.
   *
   * @throws IOException if it cannot be read
   */
  public Classification classify(Path file) throws IOException {
    return classifyFiles(List.of(file)).get(0);
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

  private List<Classification> encoded(List<byte[]> files) {
    try (var tensor = TensorProtos.strings(files)) {
      return fileCall.classify(tensor);
    }
  }

  /**
   * Logits of image files, before any softmax, with that of the open class if the head has one.
   *
   * @param files JPEG or PNG
   * @return in the order of the files; zeros for one that cannot be decoded
   */
  public List<float[]> logits(List<byte[]> files) {
    var signature = ModelContract.SERVING_BYTES.name();
    var names = List.of(ModelContract.LOGITS);
    var call = PreparedCall.of(model, signature, ModelContract.IMAGE_BYTES, names);
    var fed = files.stream().map(file -> inspection.apply(file).fed()).toList();
    try (var tensor = TensorProtos.strings(fed);
        var answers = call.run(tensor)) {
      return List.of(answers.rows(ModelContract.LOGITS));
    }
  }

  @Override
  public int channels() {
    return pixelCall.channels();
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

  @Override
  public SelfDescription selfDescription() {
    return self;
  }

  @Override
  public void close() {
    model.close();
  }
}
