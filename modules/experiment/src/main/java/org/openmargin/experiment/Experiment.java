package org.openmargin.experiment;

import com.google.inject.AbstractModule;
import com.google.inject.CreationException;
import com.google.inject.Guice;
import com.google.inject.Module;
import com.google.inject.ProvisionException;
import com.google.inject.multibindings.MapBinder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.openmargin.config.Experiments;
import org.openmargin.config.v1.DataConfig;
import org.openmargin.config.v1.ExperimentConfig;
import org.openmargin.data.DataSource;
import org.openmargin.data.DatasetSummary;
import org.openmargin.experiment.folder.RunException;
import org.openmargin.experiment.folder.RunFolder;
import org.openmargin.experiment.wiring.BackboneFactory;
import org.openmargin.experiment.wiring.DataSourceFactory;
import org.openmargin.experiment.wiring.ExperimentModule;
import org.openmargin.experiment.wiring.LossFactory;
import org.openmargin.experiment.wiring.Recipe;
import org.openmargin.profiler.Profile;
import org.slf4j.LoggerFactory;

/**
 * An experiment that can be run: the start of the Java API.
 *
 * <pre>{@code
 * Experiment experiment = Experiment.read(Path.of("experiment.textproto"));
 * Run run = experiment.train(Path.of("runs/mine"));
 * EvaluationReport report = run.evaluate();
 * Path model = run.export(Path.of("savedmodels"));
 * }</pre>
 *
 * <p>Immutable: each {@code with} gives another experiment.
 */
public final class Experiment {
  private final ExperimentConfig config;
  private final List<Module> modules;
  private final Consumer<String> notices;

  /**
   * @param config resolved and valid
   * @param modules of the user
   * @param notices receives what a person should know, one sentence at a time
   */
  private Experiment(ExperimentConfig config, List<Module> modules, Consumer<String> notices) {
    this.config = config;
    this.modules = List.copyOf(modules);
    this.notices = notices;
  }

  /**
   * Reads an experiment.
   *
   * @param file a text proto
   * @param overrides {@code path=value}, for example {@code training.epochs=5}
   * @throws org.openmargin.config.text.ConfigException with every problem at once
   */
  public static Experiment read(Path file, String... overrides) {
    return new Experiment(Experiments.read(file, List.of(overrides)), List.of(), Experiment::log);
  }

  /**
   * An experiment built in Java; defaults are filled in.
   *
   * @throws org.openmargin.config.text.ConfigException with every problem at once
   */
  public static Experiment of(ExperimentConfig config) {
    var resolved = Experiments.resolve(config);
    Experiments.validate(resolved);
    return new Experiment(resolved, List.of(), Experiment::log);
  }

  /** Binds a loss of your own; an experiment names it by {@code loss.custom.name}. */
  public Experiment withLoss(String name, LossFactory loss) {
    return with(part(LossFactory.class, name, loss));
  }

  /** Binds a backbone of your own; an experiment names it by {@code model.custom.name}. */
  public Experiment withBackbone(String name, BackboneFactory backbone) {
    return with(part(BackboneFactory.class, name, backbone));
  }

  /** Binds a data source of your own; an experiment names it by {@code data.custom.name}. */
  public Experiment withDataSource(String name, DataSourceFactory source) {
    return with(part(DataSourceFactory.class, name, source));
  }

  /** Adds a Guice module, for those who wire by it. */
  public Experiment with(Module module) {
    var more = new ArrayList<>(modules);
    more.add(module);
    return new Experiment(config, more, notices);
  }

  /** Hands notices (one sentence each) to {@code listener}; by default they are logged. */
  public Experiment withNotices(Consumer<String> listener) {
    return new Experiment(config, modules, listener);
  }

  /** A logger is asked for when there is something to log: one without a backend complains. */
  private static void log(String notice) {
    LoggerFactory.getLogger(Experiment.class).info(notice);
  }

  private static <T> Module part(Class<T> type, String name, T part) {
    return new AbstractModule() {
      @Override
      protected void configure() {
        MapBinder.newMapBinder(binder(), String.class, type).addBinding(name).toInstance(part);
      }
    };
  }

  /** The resolved experiment. */
  public ExperimentConfig config() {
    return config;
  }

  /** The experiment's name. */
  public String name() {
    return config.getName();
  }

  /** Ids of the known classes, ascending. */
  public List<Integer> knownClasses() {
    return config.getData().getKnownClassesList().stream().sorted().toList();
  }

  /**
   * Counts per class and split; loads the images.
   *
   * @throws org.openmargin.data.DataException if the images cannot be used, or not with these known
   *     classes
   */
  public DatasetSummary describeData() {
    var recipe = recipe();
    var dataset = recipe.dataset();
    recipe.splits(dataset);
    return DatasetSummary.of(dataset);
  }

  /**
   * Trains in a new folder, without listeners but the run's own files.
   *
   * @see #train(TrainRequest)
   */
  public Run train(Path folder) {
    return train(TrainRequest.in(folder));
  }

  /**
   * Trains, or resumes training that was interrupted.
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
   * Runs some training steps and reports where their time goes. Like {@link #train(TrainRequest)}
   * but for what a run writes: no checkpoint, no metrics, only the profile's own two files.
   *
   * @throws RunException if the folder cannot be used, or the wanted device
   * @throws org.openmargin.data.DataException if the images cannot be used
   * @throws org.openmargin.trainer.TrainingException if there is less than one batch of images
   */
  public Profile profile(ProfileRequest request) {
    return Profiles.write(recipe(), config, request);
  }

  /**
   * Opens a run that was trained before. Custom parts must be bound again.
   *
   * @param folder of the run
   * @param overrides {@code path=value}: where the data lie now, scoring, export, runtime
   * @throws RunException if the folder holds no run, its experiment was changed since, or an
   *     override changes what was trained
   */
  public static Run open(Path folder, String... overrides) {
    var files = new RunFolder(folder);
    if (!files.holdsRun()) {
      throw new RunException(
          "%s is not a run folder: it holds no experiment.textproto; train one with: openmargin train EXPERIMENT --run %s"
              .formatted(folder, folder));
    }
    var trained = read(files.experiment()).config();
    if (!Experiments.digest(trained)
        .equals(RunProvenance.read(files).message().getConfigSha256())) {
      throw new RunException(
          "%s was edited after training, by the digest in %s; undo the edit, and use --set for what can still be set"
              .formatted(files.experiment(), files.provenance()));
    }
    var experiment = read(files.experiment(), overrides);
    TrainedSettings.requireSameModel(folder, trained, experiment.config());
    return new Run(files, experiment);
  }

  /**
   * A run of this experiment, though its data may lie elsewhere now.
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
   * Checks that images are where experiments say, without reading them; a user's own sources are
   * not asked.
   *
   * @param configs resolved
   * @throws org.openmargin.data.DataException naming the first file or folder that is missing, and
   *     what to do
   */
  public static void requireImages(Stream<ExperimentConfig> configs) {
    configs
        .filter(config -> !config.getData().hasCustom())
        .collect(Collectors.toMap(Experiment::source, Function.identity(), (one, same) -> one))
        .values()
        .forEach(config -> of(config).wired(DataSource.class).requirePresent());
  }

  private static DataConfig source(ExperimentConfig config) {
    return config.getData().toBuilder().clearKnownClasses().build();
  }

  /** The wired experiment. */
  public Recipe recipe() {
    return wired(Recipe.class);
  }

  private <T> T wired(Class<T> type) {
    var all = new ArrayList<>(modules);
    all.add(new ExperimentModule(config, notices));
    try {
      return Guice.createInjector(all).getInstance(type);
    } catch (CreationException | ProvisionException e) {
      throw e.getCause() instanceof RuntimeException cause ? cause : e;
    }
  }
}
