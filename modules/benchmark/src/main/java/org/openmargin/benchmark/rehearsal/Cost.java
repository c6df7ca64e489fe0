package org.openmargin.benchmark.rehearsal;

import java.util.Collection;
import java.util.stream.Collectors;
import org.openmargin.benchmark.TrialState;

/** How much there is to train. */
record Cost(Candidates candidates, int folds, int seeds) {

  /** What there is to do, and what is done of it. */
  String sentence(Collection<TrialState> states) {
    var epochs =
        candidates.all().stream()
            .map(c -> c.experiment().getTraining().getEpochs())
            .distinct()
            .map(String::valueOf)
            .collect(Collectors.joining(" or "));
    var trainings = candidates.trainings();
    return "trainings: %d = %d ways of training x %d folds x %d seeds, of %s epochs each; %d are finished. Each is scored in %d ways"
        .formatted(
            states.size(),
            trainings.size(),
            folds,
            seeds,
            epochs,
            states.stream().filter(TrialState.Finished.class::isInstance).count(),
            candidates.of(trainings.get(0)).size());
  }
}
