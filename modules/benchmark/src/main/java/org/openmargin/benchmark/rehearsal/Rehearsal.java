package org.openmargin.benchmark.rehearsal;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.openmargin.benchmark.BenchmarkFolders;
import org.openmargin.benchmark.TrialState;
import org.openmargin.benchmark.Trials;
import org.openmargin.config.ConfigReader;
import org.openmargin.config.plan.PlannedTrial;
import org.openmargin.config.text.Source;
import org.openmargin.config.v1.ExperimentConfig;
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
  private final Candidates all;
  private final Possible possible;
  private final Path work;

  private Rehearsal(RehearsalRequest request, Candidates all, Possible possible, Path work) {
    this.request = request;
    this.all = all;
    this.possible = possible;
    this.work = work;
  }

  /**
   * Reads an experiment and the candidates; the files are in {@code rehearsals/<name>}.
   *
   * @throws org.openmargin.config.text.ConfigException with every problem
   * @throws RunException if the experiment is itself a rehearsal
   */
  public static Rehearsal read(RehearsalRequest request) {
    var candidates = Candidates.of(byId(request));
    if (candidates.base().getData().hasRehearsal()) {
      throw new RunException(
          "%s already holds out classes: remove data.rehearsal".formatted(request.experiment()));
    }
    var work = Path.of("rehearsals", candidates.base().getName());
    return new Rehearsal(request, candidates, new Possible(candidates, candidates.remarks()), work);
  }

  /**
   * With the known classes as ids, which needs the images if they are given by name or not at all.
   */
  private static RehearsalRequest byId(RehearsalRequest request) {
    var source = Source.read(request.experiment(), "an experiment");
    var config = ConfigReader.experiment(source, request.overrides());
    var data = config.getData();
    if (data.hasRehearsal()
        || (data.getKnownClassesCount() > 0 && data.getKnownClassNamesCount() == 0)) {
      return request;
    }
    var experiment = Experiment.of(config);
    var ids = experiment.knownClasses(experiment.describeData());
    var overrides = new ArrayList<>(request.overrides());
    overrides.add("data.known_classes=" + ids);
    return request.withOverrides(overrides);
  }

  /** The same rehearsal with its files elsewhere. */
  public Rehearsal in(Path folder) {
    return new Rehearsal(request, all, possible, folder);
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
    var check = new ImageCheck(parts.apply(Experiment.of(all.base())), folds());
    return new Rehearsal(request, all, Possible.of(all, check), work);
  }

  /** Where files are. */
  public Path work() {
    return work;
  }

  /** The experiment's name. */
  public String name() {
    return all.base().getName();
  }

  /**
   * All trainings; those that {@link #checked} left out are missing, the others keep their number.
   */
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
    var trainings = possible.candidates().trainings();
    return new FoldTrials(all, folds(), request.seeds())
        .planned().stream().filter(trial -> trainings.contains(trial.name().method())).toList();
  }

  private ScoringTask task() {
    var scorings =
        scorings().stream()
            .map(c -> new ScoringTask.Scoring(c.scoring(), c.experiment().getScoring()))
            .toList();
    var file = String.valueOf(request.experiment().getFileName());
    return new ScoringTask(scorings, List.of("openmargin", "rehearse", file));
  }

  /** The same for every way of training. */
  private List<Candidate> scorings() {
    return all.of(all.trainings().get(0));
  }

  private List<Fold> folds() {
    var known = all.base().getData().getKnownClassesList().stream().sorted().toList();
    return Fold.of(known, request.folds());
  }

  /** What it costs and what is done of it, in a sentence. */
  public String cost() {
    return new Cost(possible.candidates(), folds().size(), request.seeds().size())
        .sentence(trials().status().values());
  }

  /** What was left out, one sentence each. */
  public List<String> remarks() {
    return possible.remarks();
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
    var measured = Measurements.of(possible.candidates(), states);
    var said = new ArrayList<>(possible.remarks());
    said.addAll(measured.remarks());
    var design = new Design(all.base(), folds(), request.seeds());
    return RehearsalResult.of(design, measured, said, work, this::asGiven);
  }

  /** With the known classes as the experiment gives them, by id or name. */
  private ExperimentConfig asGiven(ExperimentConfig chosen) {
    var source = Source.read(request.experiment(), "an experiment");
    var given = ConfigReader.experiment(source, request.overrides()).getData();
    var written = chosen.toBuilder();
    written
        .getDataBuilder()
        .clearKnownClasses()
        .addAllKnownClasses(given.getKnownClassesList())
        .addAllKnownClassNames(given.getKnownClassNamesList());
    return written.build();
  }
}
