package org.openmargin.experiment.wiring;

import java.util.function.Consumer;
import org.openmargin.config.v1.ExperimentConfig;
import org.openmargin.data.ClassSplit;
import org.openmargin.data.DataSource;
import org.openmargin.data.Dataset;
import org.openmargin.data.OpenSetSplits;
import org.openmargin.data.Rehearsal;
import org.openmargin.data.TrainingData;
import org.openmargin.experiment.folder.RunException;
import org.openmargin.nn.Backbone;
import org.openmargin.nn.InputFormat;
import org.openmargin.nn.OpenSetLoss;
import org.openmargin.nn.OpenSetNetwork;
import org.openmargin.nn.Views;
import org.openmargin.runtime.RuntimeSettings;
import org.openmargin.trainer.TrainSettings;
import org.openmargin.trainer.Trainer;

/**
 * A wired experiment: what the injector gives.
 *
 * @param config resolved
 * @param source where images come from
 * @param parts of the network
 * @param training how weights are trained
 */
public record Recipe(
    ExperimentConfig config, DataSource source, Parts parts, TrainSettings training) {

  /**
   * @param backbone image to embedding
   * @param loss embedding to logits and loss
   */
  public record Parts(Backbone backbone, OpenSetLoss loss) {}

  /** Loads all images, at the size that the network sees. */
  public Dataset dataset() {
    var dataset = rehearsed(source.load());
    var size = config.getData().getImageSizePx();
    return size == 0 ? dataset : dataset.preprocessed(DataModule.geometry(config.getData(), size));
  }

  private Dataset rehearsed(Dataset dataset) {
    var data = config.getData();
    return data.hasRehearsal()
        ? new Rehearsal(data.getRehearsal().getClassesList()).of(dataset)
        : dataset;
  }

  /** Known classes in label order, unknown ones apart. */
  public OpenSetSplits splits(Dataset dataset) {
    var known = config.getData().getKnownClassesList();
    return OpenSetSplits.of(dataset, new ClassSplit(dataset.classNames(), known));
  }

  /**
   * The network for images of this data set.
   *
   * @throws RunException if images of this size have no such views
   */
  public OpenSetNetwork network(Dataset dataset) {
    var images = dataset.train().images();
    var input = InputFormat.of(images.height(), images.width(), images.channels());
    var network = new OpenSetNetwork(input, parts.backbone(), parts.loss());
    try {
      return network.with(views());
    } catch (IllegalArgumentException e) {
      throw new RunException("scoring.views: " + e.getMessage(), e);
    }
  }

  private Views views() {
    return switch (config.getScoring().getViews()) {
      case SINGLE -> Views.SINGLE;
      case MIRRORED -> Views.MIRRORED;
      case DIHEDRAL -> Views.DIHEDRAL;
    };
  }

  /**
   * What trains on this data set; says so if images are streamed.
   *
   * @throws RunException if the loss cannot be trained with the backbone, or on these images
   * @throws org.openmargin.trainer.TrainingException if there is less than one batch of images
   */
  public Trainer trainer(
      Dataset dataset, TrainingData data, RuntimeSettings runtime, Consumer<String> notices) {
    var feeding = ImagePlacements.feeding(config.getRuntime().getImages());
    var trainer = new Trainer(trainable(dataset), training, runtime, feeding);
    trainer.requireWholeBatch(data);
    if (feeding.streams(data.train())) {
      notices.accept(feeding.sentence(data.train()));
    }
    return trainer;
  }

  private OpenSetNetwork trainable(Dataset dataset) {
    var network = network(dataset);
    try {
      network.objectives();
      return network;
    } catch (IllegalArgumentException e) {
      throw new RunException("loss: " + e.getMessage(), e);
    }
  }
}
