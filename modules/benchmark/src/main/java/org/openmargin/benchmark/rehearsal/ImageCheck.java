package org.openmargin.benchmark.rehearsal;

import java.util.List;
import org.openmargin.config.v1.ExperimentConfig;
import org.openmargin.data.DatasetSummary;
import org.openmargin.experiment.Experiment;
import org.openmargin.experiment.folder.RunException;

/** Whether the images of an experiment allow a rehearsal. */
final class ImageCheck {
  /** Every tenth training image of a class validates. */
  private static final int TRAINING_PER_VALIDATION = 10;

  private final Experiment experiment;
  private final DatasetSummary images;
  private final List<Fold> folds;

  /** Loads the images. */
  ImageCheck(Experiment experiment, List<Fold> folds) {
    this.experiment = experiment;
    this.images = experiment.describeData();
    this.folds = folds;
  }

  /**
   * @throws RunException if a class has too few images, or a fold cannot have a threshold
   */
  void requireEnough() {
    for (var id : experiment.knownClasses(images)) {
      var counts = images.classes().get(id);
      if (counts.train() < TRAINING_PER_VALIDATION || counts.validation() == 0) {
        throw new RunException(
            "class %d (%s) has %d training and %d validation images; a rehearsal needs at least %d and 1 of each known class, because every tenth training image validates"
                .formatted(
                    id,
                    counts.name(),
                    counts.train(),
                    counts.validation(),
                    TRAINING_PER_VALIDATION));
      }
    }
    var alpha = experiment.config().getExport().getAlpha();
    var needed = (int) Math.ceil(1 / alpha - 1 - 1e-9);
    for (var fold : folds) {
      var there =
          experiment.knownClasses(images).stream()
              .filter(id -> !fold.heldOut().contains(id))
              .mapToInt(id -> images.classes().get(id).train() / TRAINING_PER_VALIDATION)
              .sum();
      if (there < needed) {
        throw new RunException(
            "fold '%s' has %d known validation images (every tenth training image); export.alpha %s needs at least %d"
                .formatted(fold.name(), there, alpha, needed));
      }
    }
  }

  /** Whether images can be augmented as {@code candidate} says. */
  boolean fits(ExperimentConfig candidate) {
    var size = candidate.getData().getImageSizePx();
    var square = size > 0 || images.heightPx() == images.widthPx();
    return square || !candidate.getTraining().getAugmentation().getRotate90();
  }
}
