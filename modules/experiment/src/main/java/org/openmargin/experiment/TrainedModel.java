package org.openmargin.experiment;

import java.nio.file.Files;
import java.util.Locale;
import java.util.Optional;
import org.openmargin.data.OpenSetSplits;
import org.openmargin.experiment.fit.FitOutputs;
import org.openmargin.experiment.folder.ProcessLock;
import org.openmargin.experiment.folder.RunException;
import org.openmargin.experiment.folder.RunFolder;
import org.openmargin.experiment.transfer.FrozenNetwork;
import org.openmargin.experiment.wiring.Recipe;
import org.openmargin.experiment.wiring.ScorerChoice;
import org.openmargin.experiment.wiring.runtime.TensorFlowRuntime;
import org.openmargin.nn.FittedHead;
import org.openmargin.nn.OpenSetNetwork;
import org.openmargin.runtime.RuntimeSettings;
import org.openmargin.trainer.Checkpoint;
import org.openmargin.trainer.Checkpoints;
import org.openmargin.trainer.Inference;
import org.openmargin.trainer.TrainingException;

/** A network with trained weights, its session, and the images it is evaluated on. */
record TrainedModel(
    Recipe recipe,
    OpenSetNetwork network,
    Checkpoint checkpoint,
    OpenSetSplits splits,
    Inference inference)
    implements AutoCloseable {

  /**
   * The selected checkpoint of a run.
   *
   * @throws org.openmargin.data.DataException if the images are not those of the run
   * @throws org.openmargin.trainer.TrainingException if there is no usable checkpoint
   */
  static TrainedModel open(RunFolder files, Recipe recipe) {
    var checkpoint = selected(files, recipe);
    RunProvenance.read(files).requireSame(files, new FrozenNetwork(recipe.parts().backbone()));
    var dataset = recipe.dataset();
    RunProvenance.read(files).requireSameImages(files, dataset);
    var runtime = TensorFlowRuntime.start(recipe.runtime(), recipe.notices());
    var network = recipe.network(dataset);
    var inference = new Inference(network, runtime.settings()).following(recipe.work());
    try {
      inference.restore(checkpoint.variables());
      return new TrainedModel(recipe, network, checkpoint, recipe.splits(dataset), inference);
    } catch (RuntimeException e) {
      inference.close();
      throw replaced(files, checkpoint, e);
    }
  }

  private static Checkpoint selected(RunFolder files, Recipe recipe) {
    var keeping = recipe.training().keeping();
    try {
      return new Checkpoints(files.checkpoints(), keeping.checkpoints())
          .selected(keeping.selection());
    } catch (TrainingException e) {
      throw new ProcessLock(files.lock()).isTaken() ? replaced(files, e) : e;
    }
  }

  /** A running training removes old checkpoints, even while they are read. */
  private static RuntimeException replaced(
      RunFolder files, Checkpoint checkpoint, RuntimeException failure) {
    return Files.isDirectory(checkpoint.folder()) ? failure : replaced(files, failure);
  }

  private static RunException replaced(RunFolder files, RuntimeException failure) {
    return new RunException(
        "a training is running in %s and has replaced the checkpoint that was being read: repeat the command, or wait for its end"
            .formatted(files.path()),
        failure);
  }

  /** Why training was not finished; empty if it was. */
  Optional<String> unfinished(RunFolder files) {
    return RunProvenance.read(files).state(files).unfinished(checkpoint.state().epoch(), epochs());
  }

  /** Epochs of the whole training. */
  int epochs() {
    return network.head() instanceof FittedHead ? 1 : recipe.training().epochs();
  }

  /**
   * Outputs on the training images that scorers are fitted to; says if these are not all, in all
   * views.
   *
   * @param features whether scorers need them
   */
  FitOutputs fit(boolean features) {
    var train = splits.training().train();
    var model = new FitOutputs.Trained(network, inference, this::inferring);
    var fit = FitOutputs.of(model, train, features, recipe.scoring().fitPasses());
    if (fit.images().count() < train.count() || fit.views() < network.viewCount()) {
      recipe
          .notices()
          .accept(
              String.format(
                  Locale.ROOT,
                  "scorers are fitted to %,d of %,d training images in %d of %d views (scoring.fit_passes)",
                  fit.images().count(),
                  train.count(),
                  fit.views(),
                  network.viewCount()));
    }
    return fit;
  }

  private Inference inferring(OpenSetNetwork other) {
    var runtime = TensorFlowRuntime.start(recipe.runtime(), said -> {}).settings();
    return with(other, runtime).inference().following(recipe.work());
  }

  /** The same network, scored in another way. */
  TrainedModel with(Recipe other) {
    return new TrainedModel(other, network, checkpoint, splits, inference);
  }

  /** The same weights with other views and features, in a session of its own. */
  TrainedModel with(OpenSetNetwork other, RuntimeSettings runtime) {
    var another = new Inference(other, runtime);
    try {
      another.restore(checkpoint.variables());
      return new TrainedModel(recipe, other, checkpoint, splits, another);
    } catch (RuntimeException e) {
      another.close();
      throw e;
    }
  }

  /**
   * @throws RunException for a scorer that the head does not support
   */
  Evaluation evaluate(ScorerChoice choice) {
    try {
      return Evaluation.of(this, choice);
    } catch (IllegalArgumentException e) {
      throw new RunException("the run cannot be evaluated: " + e.getMessage(), e);
    }
  }

  @Override
  public void close() {
    inference.close();
  }
}
