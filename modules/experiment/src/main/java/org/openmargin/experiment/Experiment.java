package org.openmargin.experiment;

import com.google.inject.CreationException;
import com.google.inject.Guice;
import com.google.inject.Module;
import com.google.inject.ProvisionException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.function.Consumer;
import org.openmargin.config.Experiments;
import org.openmargin.config.v1.ExperimentConfig;
import org.openmargin.config.v1.ScoringConfig;
import org.openmargin.data.DataSource;
import org.openmargin.data.DatasetSummary;
import org.openmargin.data.WorkListener;
import org.openmargin.data.audit.AuditSettings;
import org.openmargin.data.audit.Embedding;
import org.openmargin.experiment.audit.AuditedData;
import org.openmargin.experiment.audit.Auditing;
import org.openmargin.experiment.audit.LeakCheck;
import org.openmargin.experiment.check.TrainingChecks;
import org.openmargin.experiment.folder.RunException;
import org.openmargin.experiment.folder.RunFolder;
import org.openmargin.experiment.plugin.Plugins;
import org.openmargin.experiment.wiring.BackboneFactory;
import org.openmargin.experiment.wiring.CustomParts;
import org.openmargin.experiment.wiring.DataSourceFactory;
import org.openmargin.experiment.wiring.ExperimentModule;
import org.openmargin.experiment.wiring.LossFactory;
import org.openmargin.experiment.wiring.Recipe;
import org.openmargin.experiment.wiring.runtime.TensorFlowRuntime;
import org.openmargin.files.FormatLocale;
import org.openmargin.profiler.Profile;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.SLF4JServiceProvider;

/**
 * An experiment that can be run: the entry point of the Java API.
 *
 * <pre>{@code
 * Experiment experiment = Experiment.read(Path.of("experiment.textproto"));
 * Run run = experiment.train(Path.of("runs/mine"));
 * EvaluationReport report = run.evaluate();
 * Path model = run.export(Path.of("savedmodels"));
 * }</pre>
 *
 * <p>Immutable: each {@code with} returns a new experiment.
 */
public final class Experiment {
  private final ExperimentConfig config;
  private final CustomParts parts;
  private final List<Module> modules;
  private final Consumer<String> notices;
  private final WorkListener work;

  /**
   * @param config resolved and valid
   * @param parts the user's
   * @param modules the user's
   * @param notices receives messages for the user, one sentence each
   * @param work follows long work
   */
  private Experiment(
      ExperimentConfig config,
      CustomParts parts,
      List<Module> modules,
      Consumer<String> notices,
      WorkListener work) {
    FormatLocale.requireAsciiDigits();
    this.config = config;
    this.parts = parts;
    this.modules = List.copyOf(modules);
    this.notices = notices;
    this.work = work;
  }

  private static Experiment of(ExperimentConfig config, List<Module> modules) {
    return new Experiment(config, Plugins.parts(), modules, Experiment::log, WorkListener.NONE);
  }

  /**
   * Reads an experiment.
   *
   * @param file a text proto
   * @param overrides {@code path=value}, for example {@code training.epochs=5}
   * @throws org.openmargin.config.text.ConfigException with every problem at once
   */
  public static Experiment read(Path file, String... overrides) {
    return of(Experiments.read(file, List.of(overrides)), List.of());
  }

  /**
   * An experiment built in Java; defaults are filled in.
   *
   * @throws org.openmargin.config.text.ConfigException with every problem at once
   */
  public static Experiment of(ExperimentConfig config) {
    var resolved = Experiments.resolve(config);
    Experiments.validate(resolved);
    return of(resolved, List.of());
  }

  /** Binds a custom loss, which the experiment names in {@code loss.custom.name}. */
  public Experiment withLoss(String name, LossFactory loss) {
    return with(new CustomParts(Map.of(name, loss), Map.of(), Map.of()));
  }

  /** Binds a custom backbone, which the experiment names in {@code model.custom.name}. */
  public Experiment withBackbone(String name, BackboneFactory backbone) {
    return with(new CustomParts(Map.of(), Map.of(name, backbone), Map.of()));
  }

  /** Binds a custom data source, which the experiment names in {@code data.custom.name}. */
  public Experiment withDataSource(String name, DataSourceFactory source) {
    return with(new CustomParts(Map.of(), Map.of(), Map.of(name, source)));
  }

  private Experiment with(CustomParts more) {
    return new Experiment(config, parts.with(more), modules, notices, work);
  }

  /** Adds a Guice module, for custom wiring. */
  public Experiment with(Module module) {
    var more = new ArrayList<>(modules);
    more.add(module);
    return new Experiment(config, parts, more, notices, work);
  }

  /** Passes notices (one sentence each) to {@code listener}; by default they are logged. */
  public Experiment withNotices(Consumer<String> listener) {
    return new Experiment(config, parts, modules, listener, work);
  }

  /** Tells {@code listener} what takes its time: reading images, building graphs, evaluating. */
  public Experiment withWorkListener(WorkListener listener) {
    return new Experiment(config, parts, modules, notices, listener);
  }

  /** The same experiment with other scoring. */
  Experiment scoredBy(ScoringConfig scoring) {
    return new Experiment(
        config.toBuilder().setScoring(scoring).build(), parts, modules, notices, work);
  }

  /** Logs only where there is a backend: without one, slf4j would print a warning. */
  private static void log(String notice) {
    if (ServiceLoader.load(SLF4JServiceProvider.class).findFirst().isPresent()) {
      LoggerFactory.getLogger(Experiment.class).info(notice);
    }
  }

  /** The resolved experiment. */
  public ExperimentConfig config() {
    return config;
  }

  public String name() {
    return config.getName();
  }

  /**
   * Ids of the known classes, ascending.
   *
   * @param data of this experiment
   */
  public List<Integer> knownClasses(DatasetSummary data) {
    var names = data.classes().stream().map(DatasetSummary.ClassCounts::name).toList();
    return recipe().images().known().in(names).stream().sorted().toList();
  }

  /**
   * Counts per class and split; loads the images.
   *
   * @throws org.openmargin.data.DataException if the images cannot be used, or do not match the
   *     known classes
   */
  public DatasetSummary describeData() {
    var recipe = recipe();
    var dataset = recipe.dataset();
    recipe.splits(dataset);
    return DatasetSummary.of(dataset);
  }

  /**
   * Looks for what makes the figures of a test too good, or lets a network learn the wrong thing:
   * images that splits share, equal or nearly so, wrong labels, groups in two splits, classes that
   * files or brightness tell.
   *
   * @throws org.openmargin.data.DataException if the images cannot be used
   */
  public AuditedData audit(AuditSettings settings) {
    return audit(settings, Optional.empty());
  }

  /** Also finds images that a model can hardly tell apart. */
  public AuditedData audit(AuditSettings settings, Optional<Embedding> model) {
    return new Auditing(settings, work, model).of(recipe(), config.getData());
  }

  /**
   * Trains in a new folder, with no listeners besides the run's own files.
   *
   * @see #train(TrainRequest)
   */
  public Run train(Path folder) {
    return train(TrainRequest.in(folder));
  }

  /**
   * Trains, or resumes interrupted training.
   *
   * @return the run, trained and not yet evaluated
   * @throws RunException if the folder holds another run, or the wanted device cannot be used
   * @throws org.openmargin.data.DataException if the images cannot be used
   * @throws org.openmargin.trainer.TrainingException if training diverges or cannot be written
   */
  public Run train(TrainRequest request) {
    var files = new RunFolder(request.folder());
    new Training(files, config, recipe()).run(request);
    return new Run(files, this);
  }

  /**
   * Runs some training steps and reports where their time goes. Like {@link #train(TrainRequest)},
   * but writes no checkpoints or metrics, only the profile's own two files.
   *
   * @throws RunException if the folder or the wanted device cannot be used
   * @throws org.openmargin.data.DataException if the images cannot be used
   * @throws org.openmargin.trainer.TrainingException if there is less than one batch of images
   */
  public Profile profile(ProfileRequest request) {
    return Profiling.write(recipe(), config, request);
  }

  /**
   * Opens a trained run. Custom parts must be bound again, unless they come from a {@link
   * org.openmargin.experiment.plugin.Plugin}.
   *
   * @param folder of the run
   * @param overrides {@code path=value} for data paths, scoring, export and runtime
   * @throws RunException if the folder holds no run, its experiment was changed since, or an
   *     override changes what was trained
   */
  public static Run open(Path folder, String... overrides) {
    var files = new RunFolder(folder);
    if (!files.holdsRun()) {
      throw new RunException(
          "%s is not a run folder: it holds no experiment.textproto; train one with: Experiment.read(EXPERIMENT).train(\"%s\")"
              .formatted(folder, folder));
    }
    var trained = TrainedSettings.read(files);
    var experiment = read(files.experiment(), overrides);
    TrainedSettings.requireSameModel(folder, trained, experiment.config());
    return new Run(files, experiment);
  }

  /**
   * The experiment of a run, to go on training it in its folder ({@link
   * TrainRequest.Existing#RESUME}). Custom parts must be bound again.
   *
   * @param folder of the run
   * @param overrides {@code path=value} for data paths, {@code runtime} and more epochs
   * @throws RunException if the folder holds no run, or its experiment was changed since
   */
  public static Experiment of(Path folder, String... overrides) {
    var files = new RunFolder(folder);
    if (!files.holdsRun()) {
      throw new RunException(
          "%s holds no run, so there is nothing to resume: it has no experiment.textproto"
              .formatted(folder));
    }
    TrainedSettings.read(files);
    return read(files.experiment(), overrides);
  }

  /**
   * Opens a run of this experiment, whose data may have moved.
   *
   * @param folder of the run
   * @throws RunException if the folder holds no run, or one of another experiment
   */
  public Run runIn(Path folder) {
    var files = new RunFolder(folder);
    if (!files.holds(config)) {
      throw new RunException(folder + " holds no run of experiment " + name());
    }
    return new Run(files, this);
  }

  /**
   * Checks that the images exist where the experiment expects them, without reading them; custom
   * sources are not checked.
   *
   * @throws org.openmargin.data.DataException naming the file or folder that is missing
   */
  public void requireImages() {
    if (!config.getData().hasCustom()) {
      wired(DataSource.class).requirePresent();
    }
  }

  /**
   * Checks all that training would refuse, without training: the images, their numbers, the
   * network, the device. Says by notices what the evaluation will lack.
   *
   * @throws RunException if the network does not fit, or the wanted device cannot be used
   * @throws org.openmargin.data.DataException if the images cannot be used, or are too few
   */
  public void requireTrainable() {
    var recipe = recipe();
    var runtime = TensorFlowRuntime.startTraining(recipe.runtime(), recipe.notices());
    var dataset = recipe.dataset();
    var splits = recipe.splits(dataset);
    var checks = new TrainingChecks(config, recipe, dataset, splits);
    var leaks = LeakCheck.of(config.getData(), recipe, dataset, splits);
    checks.require(leaks.fault());
    leaks.notices().forEach(recipe.notices());
    checks.remarks().forEach(recipe.notices());
    recipe.trainer(dataset, splits.training(), runtime.settings());
  }

  /**
   * Checks that the experiment's custom parts are bound.
   *
   * @throws RunException naming all that are not
   */
  public void requireParts() {
    wired(CustomParts.class);
  }

  /** The wired experiment. */
  public Recipe recipe() {
    return wired(Recipe.class);
  }

  private <T> T wired(Class<T> type) {
    var all = new ArrayList<>(modules);
    all.add(parts::bind);
    all.add(new ExperimentModule(config, notices, work));
    try {
      return Guice.createInjector(all).getInstance(type);
    } catch (CreationException | ProvisionException e) {
      throw e.getCause() instanceof RuntimeException cause ? cause : e;
    }
  }
}
