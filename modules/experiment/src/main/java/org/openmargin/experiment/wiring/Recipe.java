package org.openmargin.experiment.wiring;

import java.util.function.Consumer;
import java.util.function.Supplier;
import org.openmargin.data.Dataset;
import org.openmargin.data.OpenSetSplits;
import org.openmargin.data.TrainingData;
import org.openmargin.data.WorkListener;
import org.openmargin.experiment.classes.ImagePreparation;
import org.openmargin.experiment.folder.RunException;
import org.openmargin.experiment.transfer.StartingWeights;
import org.openmargin.experiment.wiring.runtime.RuntimeRequest;
import org.openmargin.files.image.LevelRule;
import org.openmargin.nn.Backbone;
import org.openmargin.nn.Features;
import org.openmargin.nn.FittedHead;
import org.openmargin.nn.FrozenBackbone;
import org.openmargin.nn.InputFormat;
import org.openmargin.nn.OpenSetNetwork;
import org.openmargin.nn.Views;
import org.openmargin.runtime.RuntimeSettings;
import org.openmargin.trainer.FeedSettings;
import org.openmargin.trainer.TrainSettings;
import org.openmargin.trainer.Trainer;
import org.openmargin.trainer.TrainingException;

/**
 * A wired experiment, as the injector creates it: everything a configuration decides, as objects.
 *
 * @param feeding how training steps get their images
 * @param notices receives messages for the user, one sentence each
 * @param work follows long work
 */
public record Recipe(
    ImagePreparation images,
    Parts parts,
    TrainSettings training,
    FeedSettings feeding,
    Scoring scoring,
    Export export,
    RuntimeRequest runtime,
    Consumer<String> notices,
    WorkListener work) {
  private static final String FITTED =
      "the head is fitted in one pass over the training images: what training says about epochs, batches, optimizer, learning rate and augmentation has no effect";

  private static final String FROZEN =
      "the backbone is frozen: its embeddings are computed once, of images as they are; what training says about augmentation has no effect";

  /**
   * @param backbone image to embedding
   * @param start weights from elsewhere that a new training starts from
   * @param loss embedding to logits and loss, for a number of classes
   * @param views of each image, whose answers are averaged outside training
   * @param features that inference computes for scorers
   */
  public record Parts(
      Backbone backbone,
      StartingWeights start,
      HeadOfClasses loss,
      Views views,
      Features features) {}

  /**
   * @param experiment name of the experiment
   * @param model name of the served model
   * @param centreCropPx side of the centred square that is cut out of images of other sizes; 0 for
   *     the largest
   * @param levels for values of more than 8 bits
   */
  public record Export(String experiment, String model, int centreCropPx, LevelRule levels) {}

  /** Loads all images at the network's input size. */
  public Dataset dataset() {
    work.begin("reading images");
    return images.load();
  }

  /** Known classes in label order, unknown ones apart. */
  public OpenSetSplits splits(Dataset dataset) {
    return OpenSetSplits.of(dataset, images.split(dataset));
  }

  /**
   * The network for this data set.
   *
   * @throws RunException if the backbone cannot take images of this size, if they do not have the
   *     views of {@code scoring.views}, or if the backbone lacks one of {@code scoring.features}
   */
  public OpenSetNetwork network(Dataset dataset) {
    work.begin("building the graph");
    var first = dataset.train().images();
    var input = InputFormat.of(first.height(), first.width(), first.channels());
    var loss = parts.loss().of(images.split(dataset).known().size());
    var network = fitting("model", () -> new OpenSetNetwork(input, parts.backbone(), loss));
    var viewed = fitting("scoring.views", () -> network.with(parts.views()));
    return fitting("scoring.features", () -> viewed.with(parts.features()));
  }

  private static OpenSetNetwork fitting(String section, Supplier<OpenSetNetwork> made) {
    try {
      return made.get();
    } catch (IllegalArgumentException e) {
      throw new RunException(section + ": " + e.getMessage(), e);
    }
  }

  /**
   * The trainer for this data set; reports if images are streamed, or if the head is fitted.
   *
   * @throws RunException if the loss cannot be trained with the backbone, or on these images
   * @throws org.openmargin.trainer.TrainingException if there are too few images
   */
  public Trainer trainer(Dataset dataset, TrainingData data, RuntimeSettings settings) {
    var trainer = trainer(trainable(dataset), settings);
    trainer.requireEnoughImages(data);
    training.sampling().requireFit(data.classNames().size());
    if (parts.backbone() instanceof FrozenBackbone) {
      notices.accept(FROZEN);
    }
    if (trainer.network().head() instanceof FittedHead) {
      notices.accept(FITTED);
    } else if (feeding.streams(data.train())) {
      notices.accept(feeding.sentence(data.train()));
    }
    return trainer;
  }

  private Trainer trainer(OpenSetNetwork network, RuntimeSettings settings) {
    try {
      return new Trainer(network, training, settings, feeding);
    } catch (TrainingException e) {
      // A matter of the experiment, not of a training.
      throw new RunException(e.getMessage(), e);
    }
  }

  private OpenSetNetwork trainable(Dataset dataset) {
    var network = network(dataset);
    return network.head() instanceof FittedHead
        ? network
        : fitting(
            "loss",
            () -> {
              network.objectives();
              return network;
            });
  }
}
