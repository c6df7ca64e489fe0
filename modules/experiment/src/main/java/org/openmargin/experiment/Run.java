package org.openmargin.experiment;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.MessageOrBuilder;
import com.google.protobuf.util.JsonFormat;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Optional;
import java.util.OptionalLong;
import org.openmargin.config.Experiments;
import org.openmargin.config.PathFields;
import org.openmargin.config.v1.EvaluationReport;
import org.openmargin.config.v1.Provenance;
import org.openmargin.data.DataException;
import org.openmargin.data.Dataset;
import org.openmargin.data.TrainingData;
import org.openmargin.experiment.folder.ProcessLock;
import org.openmargin.experiment.folder.RunException;
import org.openmargin.experiment.folder.RunFolder;
import org.openmargin.experiment.wiring.Runtimes;
import org.openmargin.experiment.wiring.ScorerChoice;
import org.openmargin.map.EmbeddingMap;
import org.openmargin.report.EvaluatedRun;
import org.openmargin.report.EvaluationHtml;
import org.openmargin.scoring.csv.PredictionsCsv;
import org.openmargin.serving.OpenSetClassifier;
import org.openmargin.trainer.Checkpoint;
import org.openmargin.trainer.Checkpoints;
import org.openmargin.trainer.MetricsJsonl;
import org.openmargin.trainer.RunListener;
import org.openmargin.trainer.TensorBoardEvents;
import org.openmargin.trainer.Trainer;

/** A run on disk: trained, to be evaluated and exported. Made by {@link Experiment}. */
public final class Run {
  private final RunFolder files;
  private final Experiment experiment;

  Run(RunFolder files, Experiment experiment) {
    this.files = files;
    this.experiment = experiment;
  }

  /** The run's files. */
  public RunFolder files() {
    return files;
  }

  /** Where its numbers come from. */
  public Provenance provenance() {
    return Provenances.read(files);
  }

  /** The same run with an experiment that has custom parts bound. */
  public Run with(java.util.function.UnaryOperator<Experiment> parts) {
    return new Run(files, parts.apply(experiment));
  }

  void train(TrainRequest request) {
    var recipe = experiment.recipe();
    var resume = existing(request);
    var runtime = runtime();
    var dataset = recipe.dataset();
    var splits = recipe.splits(dataset);
    var trainer =
        recipe.trainer(dataset, splits.training(), runtime.settings(), experiment::notice);
    var provenance = provenance(dataset, runtime, resume);
    files.create();
    try {
      var trained =
          new ProcessLock(files.lock())
              .holding(() -> train(request, trainer, splits.training(), provenance));
      if (trained.isEmpty()) {
        throw new RunException("another process trains in " + files.path());
      }
    } finally {
      request.listeners().forEach(RunListener::close);
    }
  }

  /** With the lock; returns what was written of where the numbers come from. */
  private Provenance train(
      TrainRequest request, Trainer trainer, TrainingData data, Provenance started) {
    var resume = started.getResumedCount() > 0;
    var checkpoints = new Checkpoints(files.checkpoints(), 1);
    var newest = resume ? checkpoints.newest() : Optional.<Checkpoint>empty();
    if (isFinished(newest, trainer)) {
      experiment.notice(files.path() + " is trained to its last epoch; nothing is changed");
      return started;
    }
    files.forgetResults();
    // Before the new experiment is there: whoever goes on must not find weights of the old one.
    checkpoints.clear(resume);
    files.write(files.provenance(), json(started));
    // Last: this file makes the folder a run.
    files.write(files.experiment(), Experiments.print(PathFields.absolute(experiment.config())));
    var listeners = new ArrayList<>(request.listeners());
    var done = newest.map(checkpoint -> checkpoint.state().step()).orElse(0L);
    try (var metrics = new MetricsJsonl(files.metrics(), done);
        var events = new TensorBoardEvents(files.tensorBoard())) {
      listeners.add(metrics);
      listeners.add(events);
      var outcome = trainer.train(data, files.checkpoints(), resume, listeners);
      var finished = Provenances.finished(started, outcome);
      files.write(files.provenance(), json(finished));
      return finished;
    }
  }

  private boolean isFinished(Optional<Checkpoint> newest, Trainer trainer) {
    return newest.filter(c -> c.state().epoch() == trainer.settings().epochs()).isPresent()
        && !provenance().getFinished().isEmpty();
  }

  /** Whether to resume; refuses what must not happen. */
  private boolean existing(TrainRequest request) {
    if (!files.holdsRun()) {
      if (request.existing() == TrainRequest.Existing.RESUME) {
        experiment.notice("there is no run in " + files.path() + " yet; it begins now");
      }
      return false;
    }
    return switch (request.existing()) {
      case REFUSE ->
          throw new RunException(
              "%s already holds a run: go on with --resume, start anew with --overwrite, or name another folder by --run"
                  .formatted(files.path()));
      case OVERWRITE -> false;
      case RESUME -> {
        var before = Experiments.read(files.experiment(), java.util.List.of());
        TrainedSettings.requireSame(files.path(), before, experiment.config());
        yield true;
      }
    };
  }

  private Provenance provenance(Dataset dataset, Runtimes.Ready runtime, boolean resume) {
    var now = Provenances.started(experiment.config(), dataset.digest(), runtime);
    if (!resume) {
      return now;
    }
    var before = Provenances.read(files);
    mustBeTheSame(before, dataset);
    return now.toBuilder()
        .setStarted(before.getStarted())
        .addAllResumed(before.getResumedList())
        .addResumed(now.getStarted())
        .build();
  }

  private void mustBeTheSame(Provenance before, Dataset dataset) {
    if (!before.getDataSha256().equals(dataset.digest())) {
      throw new DataException(
          "the images are not those that %s was trained on: their digest is %s, it was %s"
              .formatted(files.path(), dataset.digest(), before.getDataSha256()));
    }
  }

  private Runtimes.Ready runtime() {
    return Runtimes.start(experiment.config().getRuntime(), experiment::notice);
  }

  /**
   * Judges the selected checkpoint by the experiment's scorers.
   *
   * @see #evaluate(ScorerChoice)
   */
  public EvaluationReport evaluate() {
    return evaluate(new ScorerChoice.OfExperiment());
  }

  /**
   * Judges the selected checkpoint on known and unknown test images; writes predictions.csv,
   * evaluation.json and report.html.
   *
   * @param scorers which ones to report beside the one that decides
   * @throws RunException for a scorer that the head cannot have
   * @throws DataException if the images are not those of the training
   * @throws org.openmargin.trainer.TrainingException if there is no usable checkpoint
   * @throws org.openmargin.report.ReportException if metrics.jsonl or provenance.json is damaged
   */
  public EvaluationReport evaluate(ScorerChoice scorers) {
    try (var trained = trained()) {
      var judgement = trained.judgement(scorers);
      var evaluation = judgement.evaluation();
      var report =
          Reports.of(experiment.config(), trained.splits(), trained.checkpoint(), evaluation);
      write(judgement, report);
      return report;
    }
  }

  private void write(Judgement judgement, EvaluationReport report) {
    try {
      PredictionsCsv.write(files.predictions(), judgement.scored(), judgement.decision());
      files.write(files.evaluation(), json(report));
      EvaluationHtml.write(EvaluatedRun.read(files.path()));
    } catch (IOException e) {
      throw RunFolder.unwritable(files.path(), e);
    }
  }

  /** Exports under the next free version number. */
  public Path export(Path base) {
    return export(base, OptionalLong.empty());
  }

  /**
   * Writes {@code base/<name>/<version>}, a SavedModel for TensorFlow Serving whose answers are
   * proven to be those of {@link #evaluate}.
   *
   * @return the version's folder
   * @throws org.openmargin.serving.ModelException if the exported model answers differently, or it
   *     cannot be written
   */
  public Path export(Path base, OptionalLong version) {
    var target = Exports.target(experiment.config(), base, version);
    try (var trained = trained()) {
      return Exports.write(files, experiment.config(), trained, target);
    }
  }

  /** Maps embeddings as most papers do: see {@link MapRequest#DEFAULT}. */
  public EmbeddingMap map() {
    return map(MapRequest.DEFAULT);
  }

  /**
   * Maps known and unknown test images as the selected checkpoint embeds them: PCA, exact t-SNE,
   * and the distances between classes in all dimensions; writes the folder {@link RunFolder#map}.
   *
   * @throws DataException if the images are not those of the training
   * @throws RunException if the images are too few or too many for such a map
   */
  public EmbeddingMap map(MapRequest request) {
    try (var trained = trained()) {
      return new Maps(trained, request, experiment::notice).write(files.map());
    }
  }

  /**
   * Loads an exported model where this run computes.
   *
   * @param savedModel a version directory, or the directory of a model, whose highest version is
   *     taken
   * @throws org.openmargin.serving.ModelException if it holds no such model, or a damaged one
   */
  public OpenSetClassifier load(Path savedModel) {
    return OpenSetClassifier.load(savedModel, runtime().settings().sessionConfig());
  }

  private TrainedModel trained() {
    var recipe = experiment.recipe();
    var keeping = recipe.training().keeping();
    var checkpoint =
        new Checkpoints(files.checkpoints(), keeping.checkpoints()).selected(keeping.selection());
    var dataset = recipe.dataset();
    mustBeTheSame(Provenances.read(files), dataset);
    return TrainedModel.open(recipe, dataset, checkpoint, runtime().settings());
  }

  static String json(MessageOrBuilder message) {
    try {
      return JsonFormat.printer().print(message) + "\n";
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException(e);
    }
  }
}
