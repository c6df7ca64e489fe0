package org.openmargin.experiment;

import org.openmargin.config.v1.ExperimentConfig;
import org.openmargin.experiment.folder.RunException;
import org.openmargin.experiment.wiring.Recipe;
import org.openmargin.experiment.wiring.runtime.TensorFlowRuntime;
import org.openmargin.nn.FittedHead;
import org.openmargin.nn.FrozenBackbone;
import org.openmargin.profiler.Profile;
import org.openmargin.profiler.Profiler;

/** Profiles training steps and writes the result. */
final class Profiling {
  private Profiling() {}

  static Profile write(Recipe recipe, ExperimentConfig config, ProfileRequest request) {
    if (recipe.parts().loss().of(2) instanceof FittedHead) {
      throw new RunException("nothing to profile: " + FittedHead.NO_STEPS);
    }
    if (recipe.parts().backbone() instanceof FrozenBackbone) {
      throw new RunException(
          "nothing to profile: training computes the embeddings of a frozen backbone once, and steps train the head only");
    }
    var folder = new ProfileFolder(request.folder());
    folder.mustBeUsable();
    var runtime = TensorFlowRuntime.start(recipe.runtime(), recipe.notices());
    var dataset = recipe.dataset();
    var data = recipe.splits(dataset).training();
    var trainer = recipe.trainer(dataset, data, runtime.settings());
    folder.create();
    var provenance = RunProvenance.started(config, dataset, runtime);
    var steps = new Profiler(trainer, request.settings()).run(data);
    var profile = steps.profile();
    folder.write(profile, steps.timeline(), provenance.withPeakMemory());
    return profile;
  }
}
