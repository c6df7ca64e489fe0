package org.openmargin.trainer;

import java.util.Arrays;
import org.openmargin.data.TrainingData;
import org.openmargin.nn.FittedHead;
import org.openmargin.nn.FrozenBackbone;
import org.openmargin.nn.OpenSetNetwork;
import org.openmargin.runtime.RuntimeSettings;
import org.openmargin.trainer.parallel.Division;

/** Whether a network can be trained as the settings say, and with these images. */
record Trainability(OpenSetNetwork network, TrainSettings settings) {

  /**
   * @param parallel devices that share the batches
   * @throws TrainingException as {@link Trainer} does
   */
  void require(RuntimeSettings.Parallel parallel) {
    if (network.backbone() instanceof FrozenBackbone) {
      requireHeadOnly();
    }
    if (!settings.step().mixup().isNone()) {
      requireMixable();
    }
    var open = settings.step().openSamples();
    if (!open.isNone() && !network.head().hasOpenClass()) {
      throw new TrainingException(
          "training.open_samples needs a loss with an open class, for example loss.omcl with parts BOTH; this one has none");
    }
    try {
      open.requireFit(network.input(), settings.batchSize());
    } catch (IllegalArgumentException e) {
      throw new TrainingException("training.open_samples: " + e.getMessage(), e);
    }
    if (!parallel.isNone()) {
      requireDivisible(parallel.devices());
    }
  }

  private void requireDivisible(int parts) {
    try {
      new Division(network, settings.batchSize(), settings.step().openSamples(), parts)
          .requireExact();
    } catch (IllegalArgumentException e) {
      throw new TrainingException(e.getMessage(), e);
    }
  }

  private void requireMixable() {
    if (!network.head().takesMixedLabels()) {
      throw new TrainingException(
          "training.mixup needs a loss of mixed labels: softmax, normface, a cosine loss with margin 0, omcl without margins, or a loss of points with weight 0; this one asks for one label");
    }
    if (network.backbone() instanceof FrozenBackbone) {
      throw new TrainingException(
          "training.mixup needs a backbone that is trained: embeddings of a frozen one are computed once");
    }
  }

  private void requireHeadOnly() {
    if (!settings.step().openSamples().isNone()) {
      throw new TrainingException(
          "training.open_samples needs a backbone that is trained: embeddings of a frozen one are computed once");
    }
    if (!(network.head() instanceof FittedHead) && network.objectives().size() > 1) {
      throw new TrainingException(
          "this loss trains other networks through the backbone, which a frozen one does not allow");
    }
  }

  /**
   * @throws TrainingException if there is less than one batch of images, or less than a {@link
   *     FittedHead} needs of a class
   */
  void requireEnoughImages(TrainingData data) {
    if (network.head() instanceof FittedHead head) {
      requireEach(data, head.leastImagesPerClass());
    } else if (data.train().count() < settings.batchSize()) {
      throw new TrainingException(
          "there are %d known training images, fewer than one batch of %d: lower training.batch_size"
              .formatted(data.train().count(), settings.batchSize()));
    }
  }

  private static void requireEach(TrainingData data, int least) {
    var counts = new int[data.classNames().size()];
    Arrays.stream(data.train().labels()).forEach(label -> counts[label]++);
    for (var label = 0; label < counts.length; label++) {
      if (counts[label] < least) {
        throw new TrainingException(
            "class '%s' has %d training images; this head needs at least %d of each known class"
                .formatted(data.classNames().get(label), counts[label], least));
      }
    }
  }
}
