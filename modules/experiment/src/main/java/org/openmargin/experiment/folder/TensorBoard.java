package org.openmargin.experiment.folder;

import java.io.IOException;
import java.util.Optional;
import org.openmargin.config.Experiments;
import org.openmargin.config.Hyperparameters;
import org.openmargin.config.v1.ExperimentConfig;
import org.openmargin.data.TrainingData;
import org.openmargin.trainer.TrainSettings;
import org.openmargin.trainer.Trainer;
import org.openmargin.trainer.listener.AugmentedImages;
import org.openmargin.trainer.listener.HyperparameterEvents;
import org.openmargin.trainer.listener.TensorBoardEvents;

/** What one training shows in TensorBoard; a training that does not end is shown as failed. */
public final class TensorBoard implements AutoCloseable {
  private final RunFolder files;
  private final ExperimentConfig config;
  private final HyperparameterEvents settings;
  private final TensorBoardEvents events;
  private Optional<Boolean> success = Optional.of(false);

  /** Shows the settings from now on. */
  public TensorBoard(RunFolder files, ExperimentConfig config) {
    this.files = files;
    this.config = config;
    this.settings =
        new HyperparameterEvents(
            config.getName(),
            Hyperparameters.of(config),
            TensorBoardResults.TAGS,
            System.currentTimeMillis() / 1e3);
    var histograms = config.getRuntime().getTensorboard().getHistograms();
    write(Optional.empty());
    this.events = new TensorBoardEvents(files.tensorBoard(), histograms);
  }

  /** The listener that writes its events; closed here. */
  public TensorBoardEvents events() {
    return events;
  }

  /**
   * Writes the experiment and, if asked for, augmented images.
   *
   * @param step steps done
   */
  public void describe(TrainSettings training, TrainingData data, long step) {
    events.text("experiment", Experiments.print(config).indent(4));
    var perClass = config.getRuntime().getTensorboard().getImagesPerClass();
    if (perClass > 0) {
      events.images(step, new AugmentedImages(training, perClass).of(data));
    }
  }

  /** An interrupted training can go on: it has neither succeeded nor failed. */
  public void ended(Trainer.End end) {
    success = end == Trainer.End.INTERRUPTED ? Optional.empty() : Optional.of(true);
  }

  private void write(Optional<Boolean> how) {
    try {
      settings.write(files.tensorBoard(), how);
    } catch (IOException e) {
      throw RunFolder.unwritable(files.tensorBoard(), e);
    }
  }

  @Override
  public void close() {
    events.close();
    write(success);
  }
}
