package org.openmargin.experiment.reproduction;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Function;
import org.openmargin.config.Experiments;
import org.openmargin.config.v1.ExperimentConfig;
import org.openmargin.config.v1.Provenance;
import org.openmargin.data.DataException;
import org.openmargin.experiment.Experiment;
import org.openmargin.experiment.TrainRequest;
import org.openmargin.experiment.folder.RunException;
import org.openmargin.experiment.folder.RunFolder;
import org.openmargin.experiment.provenance.Artefact;
import org.openmargin.experiment.provenance.FieldDifference;
import org.openmargin.experiment.provenance.ProvenanceDifference;
import org.openmargin.trainer.RunListener;

/**
 * Trains again from what an artefact carries.
 *
 * @param origin a finished run, or a model exported from one
 * @param experiment what it carries, with data paths and machine settings of today
 */
public record Reproduction(Artefact origin, Experiment experiment) {

  /**
   * @param overrides {@code path=value} for what decides no result: data paths, threads, device
   * @throws RunException if the artefact is unfinished or carries no experiment, or an override
   *     changes what is trained
   * @throws org.openmargin.config.text.ConfigException if the experiment or an override is invalid,
   *     or the data path is missing
   */
  public static Reproduction of(Artefact origin, String... overrides) {
    if (origin.provenance().getFinished().isEmpty()) {
      throw new RunException(
          origin.path() + " is not of a finished training, so there is nothing to compare with");
    }
    var trained =
        origin
            .experiment()
            .orElseThrow(
                () ->
                    new RunException(
                        origin.path() + " does not carry its experiment: name its run instead"));
    requireSame(
        origin,
        trained,
        Experiments.readWithoutPlaces(origin.experimentFile(), List.of(overrides)));
    return new Reproduction(origin, Experiment.read(origin.experimentFile(), overrides));
  }

  private static void requireSame(Artefact origin, ExperimentConfig trained, ExperimentConfig now) {
    var changed = Experiments.decidingDiff(trained, now);
    if (!changed.isEmpty()) {
      throw new RunException(
          "%s would not be reproduced: only data paths and machine settings can be set; differences:%n  %s"
              .formatted(origin.path(), String.join("\n  ", changed)));
    }
  }

  /** The same with another experiment, for custom parts and listeners. */
  public Reproduction with(Function<Experiment, Experiment> change) {
    return new Reproduction(origin, change.apply(experiment));
  }

  /**
   * Trains and evaluates in a new folder.
   *
   * @param notices told, before the first step, what differs from the origin
   * @throws DataException if the images are not those of the origin, before anything is trained
   * @throws RunException if weights from elsewhere are not those of the origin, likewise
   */
  public Reproduced into(Path folder, List<RunListener> listeners, Consumer<String> notices) {
    if (new RunFolder(folder).holdsRun()) {
      throw new RunException(
          folder + " already holds a run: choose another folder, which need not exist (--run)");
    }
    var differs = new AtomicReference<>(List.<FieldDifference>of());
    Consumer<Provenance> check =
        now -> {
          requireSameInputs(now);
          differs.set(differences(now));
          differs.get().forEach(each -> notices.accept("not as it was: " + each));
          remarks().forEach(notices);
        };
    var request = new TrainRequest(folder, TrainRequest.Existing.REFUSE, listeners, check);
    var run = experiment.train(request);
    run.evaluate();
    return Reproduced.of(origin, run, differs.get());
  }

  private void requireSameInputs(Provenance now) {
    var before = origin.provenance();
    if (!before.getClassNamesList().isEmpty()
        && !before.getClassNamesList().equals(now.getClassNamesList())) {
      throw new DataException(
          "the classes of the images are not those of %s: they are %s, they were %s"
              .formatted(origin.path(), now.getClassNamesList(), before.getClassNamesList()));
    }
    if (!before.getDataSha256().equals(now.getDataSha256())) {
      throw new DataException(
          "nothing was trained: the images are not those of %s: their digest is %s, it was %s; say where those are with an override of the data path"
              .formatted(origin.path(), now.getDataSha256(), before.getDataSha256()));
    }
    requireSame(
        "model.initial_weights", before.getInitialWeightsSha256(), now.getInitialWeightsSha256());
    requireSame("model.saved_model", before.getSavedModelSha256(), now.getSavedModelSha256());
  }

  private void requireSame(String what, String before, String now) {
    if (!before.equals(now)) {
      throw new RunException(
          "nothing was trained: %s is not that of %s: its digest is %s, it was %s"
              .formatted(what, origin.path(), now, before));
    }
  }

  private List<FieldDifference> differences(Provenance now) {
    var other =
        new Artefact(origin.path(), origin.kind(), now, origin.experiment(), origin.evaluation());
    return ProvenanceDifference.between(origin, other).origins().stream()
        .filter(difference -> !difference.field().startsWith("extended"))
        .toList();
  }

  private List<String> remarks() {
    return origin.provenance().getExtendedCount() == 0
        ? List.of()
        : List.of(
            "the origin was trained longer than first planned (--resume with more epochs), on two schedules of the learning rate; this training has one: the weights will differ");
  }
}
