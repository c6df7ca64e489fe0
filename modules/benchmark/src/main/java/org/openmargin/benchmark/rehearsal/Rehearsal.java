package org.openmargin.benchmark.rehearsal;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.openmargin.benchmark.BenchmarkFolders;
import org.openmargin.benchmark.TrialState;
import org.openmargin.benchmark.Trials;
import org.openmargin.config.plan.PlannedTrial;
import org.openmargin.experiment.Experiment;
import org.openmargin.experiment.folder.RunException;

/**
 * Settings chosen from known classes alone: each is held out in turn, and pairs of them, and poses
 * as unknown on validation images. Test images and all other classes stay unseen.
 *
 * <pre>{@code
 * Rehearsal rehearsal = Rehearsal.read(RehearsalRequest.of(file)).checked(e -> e);
 * Trials trials = rehearsal.trials();
 * trials.run(trials.inThisProcess(TrialSettings.DEFAULT), Schedule.DEFAULT, System.out::println);
 * rehearsal.result().write(Path.of("chosen.textproto"), false);
 * }</pre>
 *
 * <p>Immutable. Progress is kept in files only, so the same rehearsal goes on after a stop.
 */
public final class Rehearsal {
  private final RehearsalRequest request;
  private final Candidates candidates;
  private final Path work;
  private final List<String> remarks;

  private Rehearsal(
      RehearsalRequest request, Candidates candidates, Path work, List<String> remarks) {
    this.request = request;
    this.candidates = candidates;
    this.work = work;
    this.remarks = List.copyOf(remarks);
  }

  /**
   * Reads an experiment and the candidates; the files are in {@code rehearsals/<name>}.
   *
   * @throws org.openmargin.config.text.ConfigException with every problem
   * @throws RunException if the experiment is itself a rehearsal
   */
  public static Rehearsal read(RehearsalRequest request) {
    var candidates = Candidates.of(request);
    if (candidates.base().getData().hasRehearsal()) {
      throw new RunException(
          "%s already holds out classes: remove data.rehearsal".formatted(request.experiment()));
    }
    var work = Path.of("rehearsals", candidates.base().getName());
    return new Rehearsal(request, candidates, work, List.of());
  }

  /** The same rehearsal with its files elsewhere. */
  public Rehearsal in(Path folder) {
    return new Rehearsal(request, candidates, folder, remarks);
  }

  /**
   * Loads the images once and says what is not possible with them, before anything is trained.
   *
   * @param parts binds custom parts
   * @return the rehearsal without ways of training that do not fit the images
   * @throws RunException if there are too few images
   * @throws org.openmargin.data.DataException if the images cannot be used
   */
  public Rehearsal checked(UnaryOperator<Experiment> parts) {
    var check = new ImageCheck(parts.apply(Experiment.of(candidates.base())), folds());
    check.requireEnough();
    var left = candidates;
    var said = new ArrayList<>(remarks);
    for (var training : candidates.trainings()) {
      if (!check.fits(candidates.of(training).get(0).experiment())) {
        left = left.without(training);
        said.add("%s is left out: quarter turns need square images".formatted(training));
      }
    }
    if (left.all().isEmpty()) {
      throw new RunException("no way of training fits the images: " + String.join("; ", said));
    }
    return new Rehearsal(request, left, work, said);
  }

  /** Where files are. */
  public Path work() {
    return work;
  }

  /** The experiment's name. */
  public String name() {
    return candidates.base().getName();
  }

  /** All trainings; those that {@link #checked} left out are missing, the others keep their number. */
  public Trials trials() {
    var task = task();
    var folders =
        new BenchmarkFolders(work.resolve("results-" + task.digest()), work.resolve("runs"));
    return new Trials("rehearsal-" + name(), planned(), folders, task);
  }

  /** The training with this number. */
  public PlannedTrial trial(int index) {
    return planned().stream()
        .filter(trial -> trial.index() == index)
        .findFirst()
        .orElseThrow(() -> new RunException("there is no training %d".formatted(index)));
  }

  private List<PlannedTrial> planned() {
    var all = new FoldTrials(Candidates.of(request), folds(), request.seeds()).planned();
    var left = candidates.trainings();
    return all.stream().filter(trial -> left.contains(trial.name().method())).toList();
  }

  private ScoringTask task() {
    var ofOne = candidates.of(candidates.trainings().get(0));
    var scorings =
        ofOne.stream()
            .map(c -> new ScoringTask.Scoring(c.scoring(), c.experiment().getScoring()))
            .toList();
    var file = String.valueOf(request.experiment().getFileName());
    return new ScoringTask(scorings, List.of("openmargin", "rehearse", file));
  }

  private List<Fold> folds() {
    var known = candidates.base().getData().getKnownClassesList().stream().sorted().toList();
    return Fold.of(known, request.folds());
  }

  /** What it costs and what is done of it, in a sentence. */
  public String cost() {
    var states = trials().status().values();
    var epochs =
        candidates.all().stream()
            .map(c -> c.experiment().getTraining().getEpochs())
            .distinct()
            .map(String::valueOf)
            .collect(Collectors.joining(" or "));
    var scorings = candidates.of(candidates.trainings().get(0)).size();
    return "%d trainings of %s epochs: %d ways of training x %d folds x %d seeds, each scored in %d ways; %d are finished"
        .formatted(
            states.size(),
            epochs,
            candidates.trainings().size(),
            folds().size(),
            request.seeds().size(),
            scorings,
            states.stream().filter(TrialState.Finished.class::isInstance).count());
  }

  /** What was left out, one sentence each. */
  public List<String> remarks() {
    return remarks;
  }

  /** Whether every training is finished, or would fail again. */
  public boolean isComplete() {
    return trials().status().values().stream()
        .allMatch(s -> s instanceof TrialState.Finished || s instanceof TrialState.Refused);
  }

  /**
   * The choice.
   *
   * @throws RunException if trainings are missing, or no candidate could be measured
   */
  public RehearsalResult result() {
    var states = trials().status();
    if (!isComplete()) {
      var left = states.values().stream().filter(s -> !(s instanceof TrialState.Finished)).count();
      throw new RunException(
          "%d of %d trainings are not finished; repeat the command".formatted(left, states.size()));
    }
    var measured = Measurements.of(candidates, states);
    var said = new ArrayList<>(remarks);
    said.addAll(measured.remarks());
    var design = new Design(candidates.base(), folds(), request.seeds());
    return RehearsalResult.of(design, measured, said, work);
  }
}
