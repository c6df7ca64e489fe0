package org.openmargin.experiment.wiring;

import java.util.function.Consumer;
import org.openmargin.data.Dataset;
import org.openmargin.data.TrainingData;
import org.openmargin.runtime.RuntimeSettings;
import org.openmargin.trainer.FeedSettings;
import org.openmargin.trainer.TrainSettings;
import org.openmargin.trainer.Trainer;

/**
 * How a network is trained, before it is known on which images.
 *
 * @param network what is trained
 * @param settings optimizer, schedule, augmentation, checkpoints
 * @param feeding how steps get their images
 * @param notices receives one sentence if images are streamed
 */
public record TrainerDesign(
    NetworkDesign network, TrainSettings settings, FeedSettings feeding, Consumer<String> notices) {

  /**
   * What trains on this data set.
   *
   * @throws org.openmargin.experiment.folder.RunException if the loss cannot be trained with the
   *     backbone, or on these images
   * @throws org.openmargin.trainer.TrainingException if there is less than one batch of images
   */
  public Trainer trainer(Dataset dataset, TrainingData data, RuntimeSettings runtime) {
    var trainer = new Trainer(network.trainable(dataset), settings, runtime, feeding);
    trainer.requireWholeBatch(data);
    if (feeding.streams(data.train())) {
      notices.accept(feeding.sentence(data.train()));
    }
    return trainer;
  }
}
