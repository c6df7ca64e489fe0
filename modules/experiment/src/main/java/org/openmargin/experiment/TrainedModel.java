package org.openmargin.experiment;

import org.openmargin.config.v1.ExperimentConfig;
import org.openmargin.data.Dataset;
import org.openmargin.data.OpenSetSplits;
import org.openmargin.experiment.folder.RunException;
import org.openmargin.experiment.wiring.Recipe;
import org.openmargin.experiment.wiring.ScorerChoice;
import org.openmargin.nn.OpenSetNetwork;
import org.openmargin.runtime.RuntimeSettings;
import org.openmargin.trainer.Checkpoint;
import org.openmargin.trainer.Inference;

/**
 * A network with trained weights, and the images that it is to be judged on.
 *
 * @param config resolved
 * @param network its architecture
 * @param checkpoint its weights
 * @param splits its images
 * @param inference its session
 */
record TrainedModel(
    ExperimentConfig config,
    OpenSetNetwork network,
    Checkpoint checkpoint,
    OpenSetSplits splits,
    Inference inference)
    implements AutoCloseable {

  static TrainedModel open(
      Recipe recipe, Dataset dataset, Checkpoint checkpoint, RuntimeSettings runtime) {
    var network = recipe.network(dataset);
    var inference = new Inference(network, runtime);
    try {
      inference.restore(checkpoint.variables());
    } catch (RuntimeException e) {
      inference.close();
      throw e;
    }
    return new TrainedModel(
        recipe.config(), network, checkpoint, recipe.splits(dataset), inference);
  }

  Judgement judgement(ScorerChoice choice) {
    try {
      return Judgement.of(this, choice);
    } catch (IllegalArgumentException e) {
      throw new RunException("the run cannot be evaluated: " + e.getMessage(), e);
    }
  }

  @Override
  public void close() {
    inference.close();
  }
}
