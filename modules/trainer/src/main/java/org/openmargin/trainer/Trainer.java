package org.openmargin.trainer;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.openmargin.data.KnownImages;
import org.openmargin.data.TrainingData;
import org.openmargin.nn.Features;
import org.openmargin.nn.FittedHead;
import org.openmargin.nn.FrozenBackbone;
import org.openmargin.nn.OpenSetNetwork;
import org.openmargin.nn.Views;
import org.openmargin.nn.augment.Augmentation;
import org.openmargin.runtime.RuntimeSettings;
import org.openmargin.runtime.TensorFlowErrors;
import org.openmargin.trainer.embedding.StoredEmbeddings;

/**
 * Trains a network on known images.
 *
 * @param runtime device and threads
 * @param start values that variables of a new training start from, by name; others start as the
 *     network says
 */
public record Trainer(
    OpenSetNetwork network,
    TrainSettings settings,
    RuntimeSettings runtime,
    FeedSettings feeding,
    Map<String, float[]> start) {

  /**
   * @throws TrainingException if there are to be open samples, but the loss has no open class or
   *     they cannot be made of these images; or if several devices cannot share the batches
   */
  public Trainer {
    start = Map.copyOf(start);
    new Trainability(network, settings).require(runtime.parallel());
  }

  /** A copy for embeddings in the place of images; they cannot be augmented. */
  private Trainer onEmbeddings(StoredEmbeddings stored) {
    var other = network.with(Views.SINGLE).with(Features.NONE).with(stored, stored.format());
    return new Trainer(other, settings.with(Augmentation.NONE), runtime, feeding, start);
  }

  private TrainingData embedded(
      StoredEmbeddings stored, FrozenBackbone backbone, TrainingData data) {
    var storage = feeding.embeddings();
    var plain = network.with(Views.SINGLE).with(Features.NONE);
    try (var inference = new Inference(plain, runtime).following(storage.work())) {
      inference.initialize();
      StoredEmbeddings.Source source = images -> inference.outputs(images).embeddings();
      return stored.of(data, source, backbone, storage);
    }
  }

  /** A trainer whose variables start as the network says. */
  public Trainer(
      OpenSetNetwork network,
      TrainSettings settings,
      RuntimeSettings runtime,
      FeedSettings feeding) {
    this(network, settings, runtime, feeding, Map.of());
  }

  /** A trainer whose images are on the device if they are small enough. */
  public Trainer(OpenSetNetwork network, TrainSettings settings, RuntimeSettings runtime) {
    this(network, settings, runtime, FeedSettings.DEFAULT);
  }

  /** A copy that starts from these values. */
  public Trainer startingFrom(Map<String, float[]> values) {
    return new Trainer(network, settings, runtime, feeding, values);
  }

  /** How a training run ended. */
  public enum End {
    /** After its last epoch. */
    COMPLETE,
    /** The best validation accuracy is too old, as the settings say. */
    EARLY,
    /** A listener's verdict: more training is not wanted. */
    STOPPED,
    /** A listener interrupted it between two steps; it can be resumed. */
    INTERRUPTED
  }

  /**
   * The result of a training run.
   *
   * @param stepsRun steps that this call ran
   * @param seconds wall-clock time of those steps, including checkpoints and validations
   * @param imagesPerSecond of the training steps alone
   * @param inputWaitSeconds time that steps waited for their images
   * @param firstStepMillis system time at the end of the first step
   */
  public record Outcome(
      Checkpoint newest,
      long stepsRun,
      double seconds,
      double imagesPerSecond,
      double inputWaitSeconds,
      long firstStepMillis,
      End end) {}

  /**
   * Trains from the start, or from the newest checkpoint in {@code folder} if {@code resume}. A
   * {@link FittedHead} is fitted to all training images instead. On a {@link FrozenBackbone}, the
   * head is trained on embeddings that are computed once, or were before.
   *
   * @param data known images only
   * @param folder for checkpoints
   * @param listeners told of progress; not closed here
   * @throws TrainingException if the loss or a weight is no longer finite, if there are too few
   *     images, if there is too little memory, or if a checkpoint cannot be written or read
   */
  public Outcome train(
      TrainingData data, Path folder, boolean resume, List<RunListener> listeners) {
    requireEnoughImages(data);
    if (network.backbone() instanceof FrozenBackbone frozen) {
      var stored = new StoredEmbeddings(frozen.embeddingSize(network.input()));
      var embedded = embedded(stored, frozen, data);
      return onEmbeddings(stored).train(embedded, folder, resume, listeners);
    }
    var checkpoints = new Checkpoints(folder, settings.keeping().checkpoints());
    checkpoints.clear(resume);
    if (network.head() instanceof FittedHead head) {
      return new HeadFit(this, head, checkpoints).run(data, listeners);
    }
    try (var loop = new TrainLoop(this, data, checkpoints, listeners)) {
      return loop.run();
    } catch (RuntimeException | OutOfMemoryError e) {
      if (TensorFlowErrors.isOutOfMemory(e)) {
        throw TrainingException.ofMemory(settings.batchSize(), e);
      }
      throw e;
    }
  }

  /** A copy with the learning rate multiplied. */
  public Trainer slowed(double factor) {
    var step = settings.step();
    return new Trainer(
        network, settings.with(step.with(step.rate().times(factor))), runtime, feeding, start);
  }

  /** Epochs of a whole training. */
  public int epochs() {
    return network.head() instanceof FittedHead ? 1 : settings.epochs();
  }

  /**
   * Rejects data that is too small to train on.
   *
   * @throws TrainingException if there is less than one batch of images, or less than a {@link
   *     FittedHead} needs of a class
   */
  public void requireEnoughImages(TrainingData data) {
    new Trainability(network, settings).requireEnoughImages(data);
  }

  /** Steps of one pass over the images: whole batches only. */
  static long stepsPerPass(KnownImages train, TrainSettings settings) {
    return train.count() / settings.batchSize();
  }

  /** Steps of one epoch, which is one or more passes over the images. */
  public long stepsPerEpoch(KnownImages train) {
    return network.head().passesPerEpoch() * stepsPerPass(train, settings);
  }
}
