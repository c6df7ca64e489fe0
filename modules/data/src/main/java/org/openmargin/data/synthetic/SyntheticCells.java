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
 * Drawn RGB images of eight kinds of stained blood cells: nothing to download, any size. The kinds
 * are invented and have no diagnostic meaning; they overlap, so no classifier is perfect.
 *
 * <p>Each image is a function of (seed, part, class, index) and the size, by IEEE arithmetic only:
 * the same bytes on every machine and JDK. If all fit into memory they are drawn once, otherwise on
 * each access. The digest covers the settings and the first train image of each class.
 */
public record SyntheticCells(Settings settings, ImageStorage storage) implements DataSource {

  /** In label order. */
  public static final List<String> CLASS_NAMES =
      List.of(
          "lymphoid", "blast",
          "monocytoid", "band",
          "segmented", "bilobed coarse",
          "bilobed dark", "platelet");

  /** Keeps all cells in memory, however many. */
  public SyntheticCells(Settings settings) {
    this(settings, ImageStorage.memory(notice -> {}));
  }

  /** Height and width, 8 to 1024 px; images per class, at least 1; another seed: other cells. */
  public record Settings(
      int sizePx, int trainPerClass, int validationPerClass, int testPerClass, long seed) {
    public Settings {
      var fewest = Math.min(trainPerClass, Math.min(validationPerClass, testPerClass));
      if (sizePx < 8 || sizePx > 1024 || fewest < 1) {
        throw new DataException(
            "synthetic cells: %d px, %d/%d/%d per class; need 8 to 1024 px, at least 1 each"
                .formatted(sizePx, trainPerClass, validationPerClass, testPerClass));
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
    var s = settings;
    var shape = new ImageShape(s.sizePx, s.sizePx, 3);
    var labels = IntStream.range(0, perClass * CLASS_NAMES.size()).map(i -> i / perClass).toArray();
    var drawn =
        Images.from(
            shape,
            labels.length,
            (i, target, offset) -> {
              var random = SplitMix.of(s.seed, partNumber, labels[i], i % perClass);
              new CellPainter(random).paint(labels[i], s.sizePx, target, offset);
            });
    var ids =
        IntStream.range(0, labels.length)
            .mapToObj(i -> "%s/%s/%05d".formatted(part, CLASS_NAMES.get(labels[i]), i % perClass))
            .map(id -> id.replace(' ', '-'))
            .toList();
    var cells = CLASS_NAMES.size() * (0L + s.trainPerClass + s.validationPerClass + s.testPerClass);
    return new LabeledImages(
        storage.fits(cells * shape.bytes()) ? drawn.loaded() : drawn, labels, ids);
  }

  private String digest(LabeledImages train) {
    var s = settings;
    var text = "%d px, %d train, %d validation, %d test, seed %d";
    var digest = new Sha256();
    digest.add(
        text.formatted(s.sizePx, s.trainPerClass, s.validationPerClass, s.testPerClass, s.seed));
    var image = new byte[train.images().bytesPerImage()];
    for (var i = 0; i < train.count(); i += s.trainPerClass) {
      train.images().copyTo(i, image, 0);
      digest.add(image);
    }
    return digest.hex();
  }
}
