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
    return "ways of training: %d x folds: %d x seeds: %d = trainings: %d, of %s epochs each; finished: %d; ways of scoring each: %d"
        .formatted(
            trainings.size(),
            folds,
            seeds,
            states.size(),
            epochs,
            states.stream().filter(TrialState.Finished.class::isInstance).count(),
            candidates.of(trainings.get(0)).size());
  }
}
