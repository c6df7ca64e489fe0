package org.openmargin.trainer;

import org.openmargin.data.TrainingData;
import org.openmargin.data.pixels.ImageStorage;
import org.openmargin.nn.Features;
import org.openmargin.nn.FrozenBackbone;
import org.openmargin.nn.Views;

/**
 * The training of a head on a {@link FrozenBackbone}: the same, with embeddings for images. Both
 * networks have the same variables, because a frozen backbone has none.
 */
record EmbeddedTraining(Trainer trainer, TrainingData data) {

  /**
   * Computes embeddings of training and validation images.
   *
   * @param backbone that of the trainer's network
   */
  static EmbeddedTraining of(Trainer trainer, FrozenBackbone backbone, TrainingData data) {
    var network = trainer.network().with(Views.SINGLE).with(Features.NONE);
    var stored = new StoredEmbeddings(backbone.embeddingSize(network.input()));
    try (var inference = new Inference(network, trainer.runtime())) {
      inference.initialize();
      var storage = trainer.feeding().embeddings();
      inference.following(storage.work());
      var embedded =
          new TrainingData(
              data.classNames(),
              stored.of(data.train(), inference, backbone, storage),
              stored.of(data.validation(), inference, backbone, storage));
      return new EmbeddedTraining(
          trainer.onEmbeddings(network.with(stored, stored.format())), embedded);
    }
  }
}
