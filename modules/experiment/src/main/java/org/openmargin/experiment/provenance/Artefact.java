package org.openmargin.experiment.provenance;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.openmargin.config.Experiments;
import org.openmargin.config.MessageFields;
import org.openmargin.config.v1.EvaluationReport;
import org.openmargin.config.v1.ExperimentConfig;
import org.openmargin.config.v1.Provenance;
import org.openmargin.experiment.folder.JsonMessage;
import org.openmargin.experiment.folder.RunException;
import org.openmargin.experiment.folder.RunFolder;
import org.openmargin.serving.LoadedModel;
import org.openmargin.serving.ModelContract;
import org.openmargin.serving.ModelException;
import org.openmargin.trainer.weights.WeightDigest;
import org.openmargin.trainer.weights.WeightsException;

/**
 * A run folder or an exported model, and what it says about its origin.
 *
 * @param path as named; of a model, the version
 * @param experiment empty if the model was exported without it
 * @param evaluation empty if there is none
 */
public record Artefact(
    Path path,
    Kind kind,
    Provenance provenance,
    Optional<ExperimentConfig> experiment,
    Optional<EvaluationReport> evaluation) {

  /** What the folder is. */
  public enum Kind {
    RUN,
    SAVED_MODEL
  }

  /**
   * Reads a run folder, a version of a model, or a model's folder for its highest version.
   *
   * @throws RunException if it is neither, was edited, or is damaged
   * @throws ModelException if it is a model that does not say where it comes from
   */
  public static Artefact read(Path folder) {
    if (!Files.isDirectory(folder)) {
      throw new RunException(
          "%s: %s; name a run or an exported model"
              .formatted(
                  folder, Files.exists(folder) ? "this is a file" : "there is no such folder"));
    }
    var run = new RunFolder(folder);
    return run.holdsRun() ? ofRun(run) : ofModel(version(folder));
  }

  private static Path version(Path folder) {
    try {
      return LoadedModel.versionDirectory(folder);
    } catch (ModelException e) {
      throw new RunException(
          "%s is neither a run, which has %s, nor an exported model, which has a saved_model.pb or numbered versions"
              .formatted(folder, new RunFolder(folder).experiment().getFileName()),
          e);
    }
  }

  private static Artefact ofRun(RunFolder run) {
    var provenance = provenance(run.provenance());
    var experiment = experiment(run.experiment(), provenance, run.provenance());
    return new Artefact(
        run.path(), Kind.RUN, provenance, Optional.of(experiment), evaluation(run.evaluation()));
  }

  private static Artefact ofModel(Path version) {
    var file = version.resolve(ModelContract.PROVENANCE_FILE);
    if (!Files.exists(file)) {
      throw new ModelException(
          "%s does not say where it comes from: it has no %s, as models exported by older versions; name its run instead"
              .formatted(version, ModelContract.PROVENANCE_FILE));
    }
    var provenance = provenance(file);
    var experiment = version.resolve(ModelContract.EXPERIMENT_FILE);
    return new Artefact(
        version,
        Kind.SAVED_MODEL,
        provenance,
        Files.exists(experiment)
            ? Optional.of(experiment(experiment, provenance, file))
            : Optional.empty(),
        evaluation(version.resolve(ModelContract.EVALUATION_FILE)));
  }

  /** What was trained; a model carries it without paths, which its digest leaves out, too. */
  private static ExperimentConfig experiment(Path text, Provenance provenance, Path source) {
    var experiment = Experiments.readWithoutPlaces(text, List.of());
    if (!Experiments.digest(experiment).equals(provenance.getConfigSha256())) {
      throw new RunException(
          "%s was edited after training: its digest is not that in %s".formatted(text, source));
    }
    return experiment;
  }

  private static Provenance provenance(Path file) {
    var provenance = Provenance.newBuilder();
    JsonMessage.read(file, provenance);
    if (provenance.getDataSha256().isEmpty()) {
      throw new RunException(file + " is damaged: it has no dataSha256");
    }
    return provenance.build();
  }

  private static Optional<EvaluationReport> evaluation(Path file) {
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    var report = EvaluationReport.newBuilder();
    JsonMessage.read(file, report);
    return Optional.of(report.build());
  }

  /** The text of the experiment. */
  public Path experimentFile() {
    return switch (kind) {
      case RUN -> new RunFolder(path).experiment();
      case SAVED_MODEL -> path.resolve(ModelContract.EXPERIMENT_FILE);
    };
  }

  /** Every field of the provenance, as text. */
  public Map<String, String> fields() {
    return MessageFields.of(provenance);
  }

  /** The provenance as JSON. */
  public String json() {
    return JsonMessage.text(provenance);
  }

  /**
   * Whether the weights of a model are still those of the provenance; empty if that cannot be seen:
   * for a run, for frozen weights, and for a training that was not finished.
   *
   * @throws ModelException if the weights are damaged
   */
  public Optional<Boolean> holdsItsWeights() {
    var variables = path.resolve(ModelContract.VARIABLES);
    var index = variables.resolveSibling(variables.getFileName() + ".index");
    var recorded = provenance.getWeightsSha256();
    if (kind == Kind.RUN || recorded.isEmpty() || !Files.exists(index)) {
      return Optional.empty();
    }
    try {
      return Optional.of(WeightDigest.of(variables).equals(recorded));
    } catch (WeightsException e) {
      throw new ModelException(e.getMessage(), e);
    }
  }
}
