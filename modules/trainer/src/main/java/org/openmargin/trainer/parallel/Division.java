package org.openmargin.trainer.parallel;

import org.openmargin.nn.FittedHead;
import org.openmargin.nn.FrozenBackbone;
import org.openmargin.nn.OpenSetNetwork;
import org.openmargin.nn.augment.OpenSamples;

/**
 * A batch to be divided among devices.
 *
 * @param batchSize images of a batch
 * @param open images added to it
 * @param devices at least 2
 */
public record Division(OpenSetNetwork network, int batchSize, OpenSamples open, int devices) {

  /**
   * Refuses a training that would not be that of one device with the whole batch.
   *
   * @throws IllegalArgumentException if the batch cannot be divided into equal parts, if its loss
   *     is not the mean of theirs, or if there is nothing to divide
   */
  public void requireExact() {
    if (network.head() instanceof FittedHead) {
      throw refused(FittedHead.NO_STEPS);
    }
    if (network.backbone() instanceof FrozenBackbone) {
      throw refused("the backbone is frozen, and its head alone is too little work to share");
    }
    if (batchSize % devices != 0) {
      throw refused(
          "training.batch_size is %d, which %d devices cannot share equally; try %d"
              .formatted(batchSize, devices, nearestMultiple()));
    }
    var added = open.count(batchSize);
    if (added % devices != 0) {
      throw refused(
          "training.open_samples.share adds %d images to a batch of %d, which %d devices cannot share equally"
              .formatted(added, batchSize, devices));
    }
    network
        .head()
        .whyIndivisible(batchSize + added, devices)
        .ifPresent(
            why -> {
              throw refused("the loss of a batch is not the mean of those of its parts: " + why);
            });
  }

  private int nearestMultiple() {
    return Math.max(1, Math.round((float) batchSize / devices)) * devices;
  }

  private static IllegalArgumentException refused(String why) {
    return new IllegalArgumentException("runtime.data_parallel: " + why);
  }
}
