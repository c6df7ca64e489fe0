package org.openmargin.experiment;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.openmargin.config.v1.DataAuditReport;
import org.openmargin.config.v1.EvaluationReport;
import org.openmargin.config.v1.Provenance;
import org.openmargin.config.v1.ScoringConfig;
import org.openmargin.experiment.audit.Auditing;
import org.openmargin.experiment.folder.RunException;
import org.openmargin.experiment.folder.RunFolder;
import org.openmargin.experiment.folder.RunPlace;
import org.openmargin.experiment.folder.TensorBoardResults;
import org.openmargin.experiment.sets.PanelImages;
import org.openmargin.experiment.sets.SetRequest;
import org.openmargin.experiment.wiring.ScorerChoice;
import org.openmargin.experiment.wiring.runtime.TensorFlowRuntime;
import org.openmargin.inference.gallery.ClassImages;
import org.openmargin.map.EmbeddingMap;
import org.openmargin.report.TestAnswer;
import org.openmargin.report.plot.FailurePicture;
import org.openmargin.serving.OpenSetClassifier;

/** A trained run on disk, to be evaluated and exported. Made by {@link Experiment}. */
public final class Run {
  private final RunFolder files;
  private final Experiment experiment;
  private final boolean acceptsUnfinished;

  Run(RunFolder files, Experiment experiment) {
    this(files, experiment, false);
  }

  private Run(RunFolder files, Experiment experiment, boolean acceptsUnfinished) {
    this.files = files;
    this.experiment = experiment;
    this.acceptsUnfinished = acceptsUnfinished;
  }

  public RunFolder files() {
    return files;
  }

  /** Where its numbers come from. */
  public Provenance provenance() {
    return RunProvenance.read(files).message();
  }

  /** The same run, with custom parts bound to its experiment. */
  public Run with(UnaryOperator<Experiment> parts) {
    return new Run(files, parts.apply(experiment), acceptsUnfinished);
  }

  /**
   * The same run, whose training may have stopped early or still go on. Evaluations and exports are
   * then marked as unfinished; otherwise they are refused.
   */
  public Run acceptingUnfinished() {
    return new Run(files, experiment, true);
  }

  /**
   * Evaluates with the experiment's scorers.
   *
   * @see #evaluate(EvaluateRequest)
   */
  public EvaluationReport evaluate() {
    return evaluate(EvaluateRequest.DEFAULT);
  }

  /** Evaluates with other scorers besides the deciding one. */
  public EvaluationReport evaluate(ScorerChoice scorers) {
    return evaluate(new EvaluateRequest(scorers, SetRequest.DEFAULT));
  }

  /**
   * Evaluates the selected checkpoint on known and unknown test images, on shifted and on foreign
   * ones; writes predictions.csv, evaluation.json and report.html.
   *
   * @throws RunException for a scorer that the head cannot have, or if training is not finished
   * @throws org.openmargin.data.DataException if the images are not those of the training run, or a
   *     folder of shifted or foreign images is missing or holds none
   * @throws org.openmargin.trainer.TrainingException if there is no usable checkpoint
   * @throws org.openmargin.report.ReportException if metrics.jsonl or provenance.json is damaged
   */
  public EvaluationReport evaluate(EvaluateRequest request) {
    files.requireWritable();
    try (var trained = trained()) {
      var images =
          PanelImages.of(trained.recipe(), trained.network(), trained.splits(), request.sets());
      var report = trained.evaluate(request.scorers()).write(files, images);
      TensorBoardResults.write(files, report);
      return report;
    }
  }

  /**
   * Evaluates the selected checkpoint under several ways of scoring, each with its deciding scorer
   * only, and on generated and distorted foreign images. Images and weights are read once; nothing
   * is written.
   *
   * @param scorings resolved and valid, instead of the experiment's
   * @return an outcome for each, in order
   */
  public List<ScoringOutcome> compare(List<ScoringConfig> scorings) {
    var recipes = scorings.stream().map(s -> experiment.scoredBy(s).recipe()).toList();
    var recipe = experiment.recipe();
    var runtime = TensorFlowRuntime.start(recipe.runtime(), recipe.notices()).settings();
    try (var trained = trained()) {
      return new ScoringComparison(trained, recipes, runtime).outcomes();
    }
  }

  /**
   * Writes failures.html from the last evaluation: which unknown images are accepted as what, and
   * the worst images of each kind of failure. Needs the images and the checkpoint only if it shows
   * them.
   *
   * @return the page
   * @throws org.openmargin.report.ReportException if there is no evaluation, or it is damaged
   * @throws org.openmargin.data.DataException if the images are not those of the training run
   */
  public Path failures(FailuresRequest request) {
    return FailurePage.write(files, request, this::trained);
  }

  /**
   * Exports under the next free version number.
   *
   * @see #export(ModelRequest)
   */
  public Path export(Path base) {
    return export(ModelRequest.in(base));
  }

  /**
   * Writes {@code base/<name>/<version>}, a SavedModel for TensorFlow Serving whose answers are
   * proven to be those of {@link #evaluate}.
   *
   * @return the version's folder
   * @throws org.openmargin.serving.ModelException if the exported model answers differently, or it
   *     cannot be written
   */
  public Path export(ModelRequest request) {
    var target = Export.target(experiment.recipe().export(), request);
    for (var images : RunPlace.imageFolders(experiment.config().getData())) {
      RunPlace.requireApart("model", target.modelDirectory(), images, "ModelRequest.base");
    }
    try (var trained = trained()) {
      return Export.of(files, trained).write(target, request);
    }
  }

  /**
   * Pictures of test images, for a report that shows them; needs the images, but no checkpoint.
   *
   * @return by id of the image
   * @throws org.openmargin.data.DataException if the images are not those of the training run
   */
  public Map<String, FailurePicture> pictures(List<TestAnswer> answers) {
    return FailurePage.plain(files, experiment.recipe(), answers);
  }

  /**
   * Pictures of the images that an audit is about, for a report that shows them.
   *
   * @throws org.openmargin.data.DataException if the images cannot be used
   */
  public Map<String, FailurePicture> pictures(DataAuditReport audit) {
    return Auditing.pictures(experiment.recipe(), audit);
  }

  /**
   * The first training images of each known class, of the network's size; needs no checkpoint.
   *
   * @throws org.openmargin.data.DataException if the images are not those of the training run
   */
  public ClassImages trainingImages(int perClass) {
    var recipe = experiment.recipe();
    var dataset = recipe.dataset();
    RunProvenance.read(files).requireSameImages(files, dataset);
    var splits = recipe.splits(dataset);
    return ClassImages.of(splits.training().train(), splits.split().knownNames(), perClass);
  }

  /**
   * Removes checkpoints that neither evaluation nor export needs: all but the selected one and, of
   * a training that is not finished, the newest one. Damaged ones and leftovers go, too. The run
   * can still be trained longer if the selected checkpoint is that of the last epoch.
   *
   * @throws RunException if a process trains here
   * @throws org.openmargin.trainer.TrainingException if there is no usable checkpoint
   */
  public Pruned prune() {
    return Pruned.of(files, experiment.config().getTraining());
  }

  /** Maps embeddings with {@link MapRequest#DEFAULT}. */
  public EmbeddingMap map() {
    return map(MapRequest.DEFAULT);
  }

  /**
   * Maps known and unknown test images as the selected checkpoint embeds them: PCA, exact t-SNE,
   * and the distances between classes in all dimensions; writes the folder {@link RunFolder#map}.
   *
   * @throws org.openmargin.data.DataException if the images are not those of the training run
   * @throws RunException if there are too few or too many images for such a map
   */
  public EmbeddingMap map(MapRequest request) {
    files.requireWritable();
    try (var trained = trained()) {
      return new Mapping(trained, request).write(files.map());
    }
  }

  /**
   * Loads an exported model on this run's device.
   *
   * @param savedModel a version directory, or a model's directory for its highest version
   * @throws org.openmargin.serving.ModelException if there is no such model, or it is damaged
   */
  public OpenSetClassifier load(Path savedModel) {
    var recipe = experiment.recipe();
    return new ModelLoader(recipe.runtime(), recipe.notices()).load(savedModel);
  }

  private TrainedModel trained() {
    var recipe = experiment.recipe();
    if (!acceptsUnfinished) {
      RunProvenance.read(files).state(files).requireFinished();
    }
    var trained = TrainedModel.open(files, recipe);
    trained.unfinished(files).ifPresent(reason -> recipe.notices().accept("unfinished: " + reason));
    return trained;
  }
}
