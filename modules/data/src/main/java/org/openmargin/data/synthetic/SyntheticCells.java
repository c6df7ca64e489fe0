package org.openmargin.data.synthetic;

import java.util.List;
import java.util.stream.IntStream;
import org.openmargin.data.DataException;
import org.openmargin.data.DataSource;
import org.openmargin.data.Dataset;
import org.openmargin.data.ImageShape;
import org.openmargin.data.Images;
import org.openmargin.data.LabeledImages;
import org.openmargin.data.SplitMix;
import org.openmargin.data.pixels.ImageStorage;
import org.openmargin.files.Sha256;

/**
 * Drawn RGB images of eight kinds of stained blood cells: nothing to download, any size.
 *
 * <p>Each image is a function of (seed, part, class, index) and the size, by IEEE arithmetic only:
 * the same bytes on every machine and JDK. The classes are invented; they resemble what a smear
 * shows, and are no diagnosis. Their parameters overlap, so no classifier is perfect.
 *
 * <p>Cells that fit into memory are drawn once; more of them are drawn whenever one asks, so there
 * may be any number. The digest covers the settings and the first train image of each class.
 *
 * @param settings how many, how large, which seed
 * @param storage says what fits into memory
 */
public record SyntheticCells(Settings settings, ImageStorage storage) implements DataSource {

  /** Names of the eight classes, in label order. */
  public static final List<String> CLASS_NAMES = Cell.CLASS_NAMES;

  /** Cells that are kept in memory, however many. */
  public SyntheticCells(Settings settings) {
    this(settings, ImageStorage.memory(notice -> {}));
  }

  /**
   * What to draw.
   *
   * @param sizePx height and width, 8 to 1024
   * @param trainPerClass train images per class
   * @param validationPerClass validation images per class
   * @param testPerClass test images per class
   * @param seed another seed draws other cells
   */
  public record Settings(
      int sizePx, int trainPerClass, int validationPerClass, int testPerClass, long seed) {

    public Settings {
      if (sizePx < 8 || sizePx > 1024) {
        throw new DataException(
            "synthetic cells of %d px: the size must be 8 to 1024 px".formatted(sizePx));
      }
      if (trainPerClass < 1 || validationPerClass < 1 || testPerClass < 1) {
        throw new DataException(
            "synthetic cells, %d train, %d validation, %d test images per class: at least 1 each"
                .formatted(trainPerClass, validationPerClass, testPerClass));
      }
    }
  }

  @Override
  public Dataset load() {
    var train = drawn("train", 0, settings.trainPerClass());
    var validation = drawn("val", 1, settings.validationPerClass());
    var test = drawn("test", 2, settings.testPerClass());
    return new Dataset("synthetic-cells", CLASS_NAMES, train, validation, test, digest(train));
  }

  private LabeledImages drawn(String part, int partNumber, int perClass) {
    int count = perClass * CLASS_NAMES.size();
    var drawn =
        Images.from(
            shape(),
            count,
            (index, target, offset) -> {
              var pixels = draw(partNumber, index / perClass, index % perClass);
              System.arraycopy(pixels, 0, target, offset, pixels.length);
            });
    var labels = IntStream.range(0, count).map(i -> i / perClass).toArray();
    var ids =
        IntStream.range(0, count)
            .mapToObj(
                i ->
                    "%s/%s/%05d"
                        .formatted(
                            part, CLASS_NAMES.get(labels[i]).replace(' ', '-'), i % perClass))
            .toList();
    return new LabeledImages(storage.fits(bytes()) ? drawn.loaded() : drawn, labels, ids);
  }

  private byte[] draw(int partNumber, int label, int index) {
    var random = SplitMix.of(settings.seed(), partNumber, label, index);
    return new CellPainter(Cell.of(label, random), random).paint(settings.sizePx());
  }

  private ImageShape shape() {
    return new ImageShape(settings.sizePx(), settings.sizePx(), 3);
  }

  private long bytes() {
    long perClass =
        (long) settings.trainPerClass() + settings.validationPerClass() + settings.testPerClass();
    return perClass * CLASS_NAMES.size() * shape().bytes();
  }

  private String digest(LabeledImages train) {
    var digest =
        new Sha256()
            .add(
                "%d px, %d train, %d validation, %d test, seed %d"
                    .formatted(
                        settings.sizePx(),
                        settings.trainPerClass(),
                        settings.validationPerClass(),
                        settings.testPerClass(),
                        settings.seed()));
    var image = new byte[shape().bytes()];
    for (int id = 0; id < CLASS_NAMES.size(); id++) {
      train.images().copyTo(id * settings.trainPerClass(), image, 0);
      digest.add(image);
    }
    return digest.hex();
  }
}
