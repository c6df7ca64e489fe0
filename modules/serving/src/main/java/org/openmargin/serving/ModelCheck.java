package org.openmargin.serving;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.openmargin.files.FileErrors;
import org.tensorflow.Tensor;
import org.tensorflow.proto.ConfigProto;
import org.tensorflow.proto.MetaGraphDef;

/**
 * Checks that a directory holds a model as the exporter writes it: first the graph in {@code
 * saved_model.pb}, then the files beside it and their digests, then the running model against the
 * answers recorded in its warm-up file.
 */
public final class ModelCheck {
  private static final List<String> FILES =
      List.of(
          ModelContract.LABELS,
          ModelContract.DESCRIPTION_FILE,
          ModelContract.EXAMPLES_FILE,
          ModelContract.WARM_UP_FILE,
          ModelContract.DIGESTS_FILE);

  private ModelCheck() {}

  /**
   * Checks a version directory, or the highest version in a model's directory.
   *
   * @return what was found, good and bad; a single finding if it is not a SavedModel
   */
  public static List<Finding> check(Path savedModel) {
    return check(savedModel, ConfigProto.getDefaultInstance());
  }

  /** As {@link #check(Path)}, with the given devices and threads. */
  public static List<Finding> check(Path savedModel, ConfigProto session) {
    try {
      var directory = LoadedModel.versionDirectory(savedModel);
      var findings = beforeLoading(directory, meta(directory));
      if (passed(findings)) {
        findings.add(digests(directory));
      }
      if (passed(findings)) {
        findings.addAll(loaded(directory, session));
      }
      return List.copyOf(findings);
    } catch (ModelException e) {
      return List.of(new Finding(false, e.getMessage()));
    }
  }

  /** What the graph and the names of the files say. */
  public static List<Finding> beforeLoading(Path directory, MetaGraphDef meta) {
    var findings = new ArrayList<>(new GraphCheck(meta).check());
    findings.addAll(files(directory, meta));
    return findings;
  }

  public static boolean passed(List<Finding> findings) {
    return findings.stream().allMatch(Finding::ok);
  }

  /**
   * The graph of a version.
   *
   * @throws ModelException if its file is damaged
   */
  public static MetaGraphDef meta(Path directory) {
    return LoadedModel.metaOf(directory);
  }

  private static List<Finding> files(Path directory, MetaGraphDef meta) {
    return Stream.concat(LoadedModel.variableFiles(meta).stream(), FILES.stream())
        .map(
            name ->
                Files.isRegularFile(directory.resolve(name))
                    ? new Finding(true, name)
                    : new Finding(false, name + " is missing"))
        .toList();
  }

  /** Compares the files with their recorded digests. */
  public static Finding digests(Path directory) {
    try {
      var now = FileDigests.of(directory);
      return Finding.of(
          "SHA-256 of %d files".formatted(now.byPath().size()),
          now.differences(FileDigests.recorded(directory)));
    } catch (ModelException e) {
      return new Finding(false, e.getMessage());
    } catch (IOException e) {
      return new Finding(false, directory + " cannot be read: " + FileErrors.reason(e));
    }
  }

  private static List<Finding> loaded(Path directory, ConfigProto session) {
    try (var model = LoadedModel.open(directory, session)) {
      return running(model);
    } catch (ModelException e) {
      return List.of(new Finding(false, e.getMessage()));
    }
  }

  /** Replays what is stored with the model. */
  private static List<Finding> running(LoadedModel model) {
    var findings = new ArrayList<>(described(model));
    replays(model).forEach(replay -> findings.add(replay.get()));
    return findings;
  }

  /** What a loaded model says about itself. */
  public static List<Finding> described(LoadedModel model) {
    try {
      var findings = new ArrayList<Finding>();
      findings.add(new Finding(true, "loads, variables restored"));
      findings.add(description(model));
      findings.add(labels(model));
      return findings;
    } catch (ModelException e) {
      return List.of(new Finding(false, e.getMessage()));
    } catch (IOException e) {
      return List.of(
          new Finding(false, model.directory() + " cannot be read: " + FileErrors.reason(e)));
    }
  }

  /** The requests that are stored with a model; each is sent when it is asked for. */
  public static List<Supplier<Finding>> replays(LoadedModel model) {
    var replays = new ArrayList<Supplier<Finding>>();
    try {
      var records = WarmUpFile.read(model.directory().resolve(ModelContract.WARM_UP_FILE));
      var missing = new ArrayList<>(model.meta().getSignatureDefMap().keySet());
      missing.removeAll(records.stream().map(WarmUp::signature).toList());
      if (!missing.isEmpty()) {
        replays.add(() -> new Finding(false, "the warm-up file has no request for " + missing));
      }
      for (var i = 0; i < records.size(); i++) {
        var record = records.get(i);
        var number = i + 1;
        replays.add(() -> replay(model, record, number));
      }
    } catch (ModelException e) {
      replays.add(() -> new Finding(false, e.getMessage()));
    }
    return replays;
  }

  private static Finding description(LoadedModel model) throws IOException {
    var text = Files.readString(model.directory().resolve(ModelContract.DESCRIPTION_FILE));
    var same = text.equals(SelfDescription.of(model).description());
    return new Finding(
        same, "open_set.json " + (same ? "is" : "is not") + " what the signature describe returns");
  }

  private static Finding labels(LoadedModel model) throws IOException {
    var lines = Files.readAllLines(model.directory().resolve(ModelContract.LABELS));
    var same = lines.equals(SelfDescription.of(model).classNames());
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
}
