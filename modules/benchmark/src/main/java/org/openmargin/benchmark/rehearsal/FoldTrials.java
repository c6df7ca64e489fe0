package org.openmargin.benchmark.rehearsal;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.openmargin.config.Experiments;
import org.openmargin.config.FolderNames;
import org.openmargin.config.plan.PlannedTrial;
import org.openmargin.config.plan.TrialName;
import org.openmargin.config.v1.ExperimentConfig;
import org.openmargin.config.v1.RehearsalConfig;
import org.openmargin.config.v1.ScoringConfig;

/**
 * The trainings of a rehearsal: seeds outermost, then folds, then ways of training.
 *
 * @param candidates all
 * @param folds at least one
 * @param seeds at least one
 */
record FoldTrials(Candidates candidates, List<Fold> folds, List<Long> seeds) {
  private static final int DIGITS = 8;

  List<PlannedTrial> planned() {
    var names = FolderNames.of(candidates.trainings());
    var trials = new ArrayList<PlannedTrial>();
    for (var seed : seeds) {
      for (var fold : folds) {
        for (var training : candidates.trainings()) {
          var experiment = experiment(candidates.of(training).get(0), fold, seed);
          // The digest makes room for other experiments in the same folder.
          var last =
              "%s-seed-%d-%s"
                  .formatted(
                      fold.name().replace(' ', '-'),
                      seed,
                      Experiments.digest(experiment).substring(0, DIGITS));
          trials.add(
              new PlannedTrial(
                  trials.size(),
                  new TrialName(training, fold.name(), seed),
                  Path.of(names.get(training), last),
                  experiment));
        }
      }
    }
    return List.copyOf(trials);
  }

  /** Scoring is left out: it changes nothing that is trained. */
  private static ExperimentConfig experiment(Candidate candidate, Fold fold, long seed) {
    var config = candidate.experiment();
    var classes = config.getData().getKnownClassesList();
    var known = classes.stream().filter(id -> !fold.heldOut().contains(id)).toList();
    var rehearsed = config.toBuilder().setScoring(ScoringConfig.getDefaultInstance());
    rehearsed
        .getDataBuilder()
        .clearKnownClasses()
        .addAllKnownClasses(known)
        .setRehearsal(RehearsalConfig.newBuilder().addAllClasses(classes));
    rehearsed.getTrainingBuilder().clearRecordEveryEpochs();
    rehearsed.getRuntimeBuilder().setSeed(seed);
    return Experiments.resolve(rehearsed.build());
  }
}
