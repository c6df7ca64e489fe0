package org.openmargin.data;

import java.util.ArrayList;
import java.util.List;

/**
 * Drawn RGB images of eight kinds of stained blood cells: nothing to download, any size.
 *
 * <p>Each image is a function of (seed, part, class, index) and the size, by IEEE arithmetic only:
 * the same bytes on every machine and JDK. The classes are invented; they resemble what a smear
 * shows, and are no diagnosis. Their parameters overlap, so no classifier is perfect.
 *
 * @param settings how many, how large, which seed
 */
public record SyntheticCells(Settings settings) implements DataSource {

  /** Names of the eight classes, in label order. */
  public static final List<String> CLASS_NAMES =
      CellTraits.ALL.stream().map(CellTraits::name).toList();

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

    /** Checks size and counts. */
    public Settings {
      if (sizePx < 8 || sizePx > 1024) {
        throw new DataException(
            "synthetic cells of %d px: the size must be 8 to 1024 px".formatted(sizePx));
      }
      if (Math.min(trainPerClass, Math.min(validationPerClass, testPerClass)) < 1) {
        throw new DataException(
            "synthetic cells, %d train, %d validation, %d test images per class: at least 1 each"
                .formatted(trainPerClass, validationPerClass, testPerClass));
      }
    }
  }

  @Override
  public Dataset load() {
    LabeledImages train = draw("train", 0, settings.trainPerClass());
    LabeledImages validation = draw("val", 1, settings.validationPerClass());
    LabeledImages test = draw("test", 2, settings.testPerClass());
    String digest = new Sha256().add(train).add(validation).add(test).hex();
    return new Dataset("synthetic-cells", CLASS_NAMES, train, validation, test, digest);
  }

  private LabeledImages draw(String part, int partNumber, int perClass) {
    Images.Builder images = Images.builder(settings.sizePx(), settings.sizePx(), 3);
    int[] labels = new int[perClass * CLASS_NAMES.size()];
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < labels.length; i++) {
      labels[i] = i / perClass;
      int index = i % perClass;
      SplitMix random = SplitMix.of(settings.seed(), partNumber, labels[i], index);
      CellDrawing drawing = new CellDrawing(CellTraits.of(labels[i], random), random);
      images.add(drawing.paint(settings.sizePx()), 0);
      ids.add("%s/%s/%05d".formatted(part, CLASS_NAMES.get(labels[i]).replace(' ', '-'), index));
    }
    return new LabeledImages(images.build(), labels, ids);
  }
}
