package org.openmargin.experiment;

import java.util.function.Consumer;
import org.openmargin.experiment.wiring.Recipe;
import org.openmargin.experiment.wiring.Runtimes;
import org.openmargin.profiler.Profile;
import org.openmargin.profiler.Profiler;

/** Profiles training steps and writes the result. */
final class Profiles {
  private Profiles() {}

  static Profile write(Recipe recipe, ProfileRequest request, Consumer<String> notices) {
    var folder = new ProfileFolder(request.folder());
    folder.mustBeUsable();
    var config = recipe.config();
    var runtime = Runtimes.start(config.getRuntime(), notices);
    var dataset = recipe.dataset();
    var data = recipe.splits(dataset).training();
    var trainer = recipe.trainer(dataset, data, runtime.settings(), notices);
    folder.create();
    var provenance = Provenances.started(config, dataset.digest(), runtime);
    var steps = new Profiler(trainer, request.settings()).run(data);
    var profile = steps.profile();
    folder.write(profile, steps.timeline(), Provenances.withPeakMemory(provenance));
    return profile;
  }
}
