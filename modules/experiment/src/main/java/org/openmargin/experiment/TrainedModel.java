package org.openmargin.experiment;

import org.openmargin.data.OpenSetSplits;
import org.openmargin.experiment.folder.RunException;
import org.openmargin.experiment.folder.RunFolder;
import org.openmargin.experiment.wiring.Recipe;
import org.openmargin.experiment.wiring.ScorerChoice;
import org.openmargin.experiment.wiring.TensorFlowRuntime;
import org.openmargin.nn.OpenSetNetwork;
import org.openmargin.runtime.RuntimeSettings;
import org.openmargin.trainer.Checkpoint;
import org.openmargin.trainer.Checkpoints;
import org.openmargin.trainer.Inference;

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
    var keeping = recipe.training().keeping();
    var checkpoint =
        new Checkpoints(files.checkpoints(), keeping.checkpoints()).selected(keeping.selection());
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
      throw e;
    }
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
