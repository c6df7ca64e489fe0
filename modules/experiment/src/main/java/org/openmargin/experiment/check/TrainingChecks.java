package org.openmargin.experiment.check;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.openmargin.config.v1.ExperimentConfig;
import org.openmargin.config.v1.FolderSourceConfig;
import org.openmargin.data.DataException;
import org.openmargin.data.Dataset;
import org.openmargin.data.KnownImages;
import org.openmargin.data.LabeledImages;
import org.openmargin.data.OpenSetSplits;
import org.openmargin.data.SplitFractions;
import org.openmargin.experiment.wiring.Recipe;
import org.openmargin.nn.FittedHead;
import org.openmargin.scoring.Halves;

/**
 * Everything that images may lack and that would otherwise be found after training, or by it: all
 * numbers are known before the first step.
 */
public record TrainingChecks(
    ExperimentConfig config, Recipe recipe, Dataset dataset, OpenSetSplits splits) {

  /**
   * Also says if open-set figures will be missing from the evaluation.
   *
   * @param leak what training and test share, in a sentence; empty if nothing
   * @throws DataException naming every fault and its cure
   */
  public void require(Optional<String> leak) {
    var needs = needs();
    var faults = new ArrayList<String>();
    batch().ifPresent(faults::add);
    needs.fault(config.getExport().getAlpha()).ifPresent(faults::add);
    leak.ifPresent(faults::add);
    if (!faults.isEmpty()) {
      throw new DataException(String.join("; ", faults));
    }
    openSet().ifPresent(recipe.notices());
  }

  /** Thresholds that cannot be had, one sentence each. */
  public List<String> remarks() {
    return config.getExport().getFurtherAlphasList().stream()
        .map(needs()::remark)
        .flatMap(Optional::stream)
        .toList();
  }

  private Optional<String> batch() {
    var images = splits.training().train().count();
    var batch = config.getTraining().getBatchSize();
    var head = recipe.parts().loss().of(splits.split().known().size());
    return images >= batch || head instanceof FittedHead
        ? Optional.empty()
        : Optional.of(
            "there are %d known training images, fewer than one batch of %d: train with the override training.batch_size=%d"
                .formatted(images, batch, Integer.highestOneBit(images)));
  }

  private Optional<String> openSet() {
    var untested = splits.untestedUnknownNames();
    if (splits.split().unknown().isEmpty()) {
      return Optional.of(
          "all %d classes are known: how well unknown images are recognised will not be measured; estimate it with: Rehearsal.read(RehearsalRequest)"
              .formatted(splits.split().known().size()));
    }
    return untested.isEmpty()
        ? Optional.empty()
        : Optional.of(
            "no test image of the unknown classes %s: how well they are recognised will not be measured"
                .formatted(String.join(", ", untested)));
  }

  private ValidationNeeds needs() {
    var validation = splits.training().validation();
    var halves =
        validation.groups().isEmpty()
            ? Optional.<Halves.Sizes>empty()
            : Optional.of(Halves.sizes(validation.labels(), validation.groups()));
    return new ValidationNeeds(
        perClass(validation), recipe.scoring().combines(), largerShare(), halves);
  }

  private int[] perClass(KnownImages images) {
    var counts = new int[splits.split().known().size()];
    Arrays.stream(images.labels()).forEach(label -> counts[label]++);
    return counts;
  }

  /** Only if the images were divided by these shares, not by folders. */
  private Optional<ValidationNeeds.LargerShare> largerShare() {
    if (!config.getData().hasFolder()) {
      return Optional.empty();
    }
    var folder = config.getData().getFolder();
    var validation = validationImages(folder, folder.getValidationFraction());
    return validation
        .filter(n -> Arrays.equals(n, perClass(splits.training().validation())))
        .map(same -> share -> validationImages(folder, share));
  }

  private Optional<int[]> validationImages(FolderSourceConfig folder, double share) {
    if (share + folder.getTestFraction() >= 1) {
      return Optional.empty();
    }
    var fractions = new SplitFractions(share, folder.getTestFraction(), folder.getSplitSeed());
    var known = splits.split().known();
    var counts = new int[known.size()];
    for (var label = 0; label < counts.length; label++) {
      var id = known.get(label);
      var all = count(dataset.train(), id) + count(dataset.validation(), id);
      var parts = fractions.divide(id, all + count(dataset.test(), id));
      if (parts.train().isEmpty()) {
        return Optional.empty();
      }
      counts[label] = parts.validation().size();
    }
    return Optional.of(counts);
  }

  private static int count(LabeledImages part, int id) {
    return (int) Arrays.stream(part.labels()).filter(label -> label == id).count();
  }
}
