package org.openmargin.experiment.transfer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.openmargin.config.Experiments;
import org.openmargin.config.v1.ModelConfig;
import org.openmargin.config.v1.ResNetConfig;
import org.openmargin.config.v1.TrainingConfig;
import org.openmargin.experiment.folder.RunException;
import org.openmargin.experiment.folder.RunFolder;
import org.openmargin.files.FileErrors;
import org.openmargin.nn.OpenSetNetwork;
import org.openmargin.nn.Variable;
import org.openmargin.serving.ModelVersions;
import org.openmargin.trainer.Checkpoints;
import org.openmargin.trainer.Inference;
import org.openmargin.trainer.TrainSettings.Selection;
import org.openmargin.trainer.weights.InitialWeights;
import org.openmargin.trainer.weights.WeightsException;

/**
 * The weights that a new training starts from, as {@code model.initial_weights} says.
 *
 * @param notices receives messages for the user, one sentence each
 */
public record StartingWeights(ModelConfig model, Consumer<String> notices) {
  private static final String FIELD = "model.initial_weights: ";

  /**
   * @param byName values of the backbone's variables; empty for a backbone that starts anew
   * @param sha256 of them; empty if there are none
   */
  public record Values(Map<String, float[]> byName, String sha256) {
    /** For a backbone that starts anew. */
    public static final Values NONE = new Values(Map.of(), "");
  }

  /**
   * Reads them.
   *
   * @throws RunException if they cannot be read or do not fit the network, naming every misfit
   */
  public Values of(OpenSetNetwork network) {
    if (!model.hasInitialWeights()) {
      return Values.NONE;
    }
    try {
      var values = weights().of(Inference.variables(network));
      var digest = InitialWeights.digest(values);
      requireExpected(digest);
      var byName = new HashMap<String, float[]>();
      values.forEach((variable, elements) -> byName.put(variable.name(), elements));
      notices.accept(sentence(values));
      return new Values(byName, digest);
    } catch (WeightsException e) {
      throw new RunException(FIELD + e.getMessage(), e);
    }
  }

  private String sentence(Map<Variable, float[]> values) {
    var weights = values.keySet().stream().mapToLong(Variable::size).sum();
    return "the backbone starts from %d values in %d tensors of %s; the head starts anew"
        .formatted(weights, values.size(), path());
  }

  private void requireExpected(String digest) {
    var expected = model.getInitialWeights().getSha256();
    if (!expected.isEmpty() && !expected.equals(digest)) {
      throw new RunException(
          FIELD + "the weights in %s have digest %s, not %s".formatted(path(), digest, expected));
    }
  }

  private Path path() {
    var path = model.getInitialWeights().getPath();
    if (path.isEmpty()) {
      throw new RunException(
          FIELD + "path is empty: name a run folder, an exported model or a .safetensors file");
    }
    return Path.of(path);
  }

  private InitialWeights weights() {
    var path = path();
    if (Files.isRegularFile(path)) {
      warnOfConventions();
      return InitialWeights.ofSafetensors(path);
    }
    var run = new RunFolder(path);
    if (run.holdsRun()) {
      return ofRun(run);
    }
    if (Files.isDirectory(path)) {
      return InitialWeights.ofVariables(version(path).resolve("variables").resolve("variables"));
    }
    throw new RunException(
        FIELD
            + "there is no such file or folder: %s; the working directory is %s"
                .formatted(path, Path.of("").toAbsolutePath()));
  }

  /** The version directory itself, or the highest version in a model's directory. */
  private static Path version(Path model) {
    try {
      var versions = ModelVersions.in(model);
      return versions.isEmpty() ? model : versions.get(versions.lastKey());
    } catch (IOException e) {
      throw new RunException(
          "%s%s cannot be read: %s".formatted(FIELD, model, FileErrors.reason(e)), e);
    }
  }

  private InitialWeights ofRun(RunFolder run) {
    var trained = Experiments.read(run.experiment(), List.of());
    var before = trained.getModel();
    if (before.hasResnet() && model.hasResnet()) {
      warnOfOther(before.getResnet());
    }
    var selection =
        trained.getTraining().getSelection() == TrainingConfig.Selection.LAST_EPOCH
            ? Selection.LAST_EPOCH
            : Selection.BEST_VALIDATION_ACCURACY;
    var checkpoint = new Checkpoints(run.checkpoints(), 1).selected(selection);
    return InitialWeights.ofVariables(checkpoint.variables());
  }

  private void warnOfOther(ResNetConfig before) {
    var now = model.getResnet();
    if (now.getPixels() != before.getPixels() || now.getPadding() != before.getPadding()) {
      notices.accept(
          "the weights of %s were trained with model.resnet.padding=%s and pixels=%s, not %s and %s: their embeddings will differ"
              .formatted(
                  path(),
                  before.getPadding(),
                  before.getPixels(),
                  now.getPadding(),
                  now.getPixels()));
    }
  }

  private void warnOfConventions() {
    var resnet = model.getResnet();
    if (model.hasResnet()
        && (resnet.getPadding() != ResNetConfig.Padding.SYMMETRIC
            || resnet.getPixels() != ResNetConfig.Pixels.IMAGENET)) {
      notices.accept(
          "weights of torchvision and timm give their own embeddings only with model.resnet.padding=SYMMETRIC and model.resnet.pixels=IMAGENET");
    }
  }
}
