package org.openmargin.serving;

import com.google.protobuf.InvalidProtocolBufferException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import org.openmargin.files.FileErrors;
import org.tensorflow.Tensor;
import org.tensorflow.proto.ConfigProto;
import org.tensorflow.proto.MetaGraphDef;
import org.tensorflow.proto.SavedModel;

/**
 * Checks that a directory is a model as the exporter writes it: first the graph as it stands in
 * {@code saved_model.pb}, then the files beside it, then the running model against the answers
 * stored in its warm-up file.
 */
public final class SavedModelContract {
  private SavedModelContract() {}

  /**
   * Checks a version directory, or the highest version in a model's directory.
   *
   * @return what was found, good and bad; a single finding if it is no SavedModel at all
   */
  public static List<Finding> check(Path savedModel) {
    return check(savedModel, ConfigProto.getDefaultInstance());
  }

  /** The same, with given devices and threads. */
  public static List<Finding> check(Path savedModel, ConfigProto session) {
    try {
      var directory = LoadedModel.versionDirectory(savedModel);
      var findings = new ArrayList<>(new GraphContract(meta(directory)).check());
      findings.addAll(files(directory));
      if (findings.stream().allMatch(Finding::ok)) {
        findings.addAll(running(directory, session));
      }
      return List.copyOf(findings);
    } catch (ModelException e) {
      return List.of(new Finding(false, e.getMessage()));
    }
  }

  private static MetaGraphDef meta(Path directory) {
    var file = directory.resolve("saved_model.pb");
    try {
      var model = SavedModel.parseFrom(Files.readAllBytes(file));
      if (model.getMetaGraphsCount() != 1) {
        throw new ModelException(
            "%s holds %d graphs, not one".formatted(file, model.getMetaGraphsCount()));
      }
      return model.getMetaGraphs(0);
    } catch (InvalidProtocolBufferException e) {
      throw new ModelException(file + " is damaged: " + e.getMessage(), e);
    } catch (IOException e) {
      throw new ModelException(file + " cannot be read: " + FileErrors.reason(e), e);
    }
  }

  private static List<Finding> files(Path directory) {
    var findings = new ArrayList<Finding>();
    for (var name :
        List.of(
            "variables/variables.index",
            "variables/variables.data-00000-of-00001",
            "assets/" + ModelContract.LABELS_FILE,
            "assets.extra/" + ModelContract.DESCRIPTION_FILE,
            "assets.extra/" + ModelContract.GOLDEN_FILE,
            "assets.extra/" + ModelContract.WARM_UP_FILE)) {
      var there = Files.isRegularFile(directory.resolve(name));
      findings.add(new Finding(there, there ? name : name + " is missing"));
    }
    return findings;
  }

  private static List<Finding> running(Path directory, ConfigProto session) {
    try (var model = LoadedModel.open(directory, session)) {
      var findings = new ArrayList<Finding>();
      findings.add(new Finding(true, "loads, variables restored"));
      findings.add(description(model));
      findings.add(labels(model));
      var records =
          WarmUpFile.read(directory.resolve("assets.extra/" + ModelContract.WARM_UP_FILE));
      var without = new ArrayList<>(List.of(ModelContract.DEFAULT, ModelContract.BYTES));
      without.removeAll(records.stream().map(WarmUp::signature).toList());
      if (!without.isEmpty()) {
        findings.add(
            new Finding(
                false, "%s holds no request of %s".formatted(ModelContract.WARM_UP_FILE, without)));
      }
      var number = 1;
      for (var record : records) {
        findings.add(replay(model, record, number++));
      }
      return findings;
    } catch (ModelException e) {
      return List.of(new Finding(false, e.getMessage()));
    } catch (IOException e) {
      return List.of(new Finding(false, directory + " cannot be read: " + FileErrors.reason(e)));
    }
  }

  private static Finding description(LoadedModel model) throws IOException {
    var file = model.directory().resolve("assets.extra").resolve(ModelContract.DESCRIPTION_FILE);
    var same = Files.readString(file).equals(SelfDescription.of(model).description());
    return new Finding(
        same,
        ModelContract.DESCRIPTION_FILE
            + (same ? " is" : " is not")
            + " what the signature describe says");
  }

  private static Finding labels(LoadedModel model) throws IOException {
    var file = model.directory().resolve("assets").resolve(ModelContract.LABELS_FILE);
    var same = Files.readAllLines(file).equals(SelfDescription.of(model).classNames());
    return new Finding(
        same,
        ModelContract.LABELS_FILE + (same ? " lists" : " does not list") + " the class names");
  }

  private static Finding replay(LoadedModel model, WarmUp record, int number) {
    var what = "warm-up request %d (%s)".formatted(number, record.signature());
    var inputs = new HashMap<String, Tensor>();
    try {
      record.inputs().forEach((name, proto) -> inputs.put(name, TensorProtos.toTensor(proto)));
      try (var answers = model.call(record.signature(), inputs)) {
        return TensorComparison.of(answers.toProtos(), record.outputs())
            .map(difference -> new Finding(false, what + ": " + difference))
            .orElseGet(() -> new Finding(true, what + ": answers as recorded"));
      }
    } catch (ModelException | IllegalArgumentException e) {
      return new Finding(false, what + ": " + e.getMessage());
    } finally {
      inputs.values().forEach(Tensor::close);
    }
  }

  /** Whether nothing failed. */
  public static boolean passed(List<Finding> findings) {
    return findings.stream().allMatch(Finding::ok);
  }
}
