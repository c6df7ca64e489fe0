package org.openmargin.exporter;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.tensorflow.Tensor;
import org.tensorflow.exceptions.TensorFlowException;
import org.tensorflow.proto.MetaGraphDef;
import org.tensorflow.proto.SavedModel;

/**
 * Checks that a directory is a model as {@link Exporter} writes it: first the graph as it stands in
 * {@code saved_model.pb}, then the files beside it, then the running model against the answers stored
 * in its warm-up file.
 */
public final class SavedModelContract {
  private SavedModelContract() {}

  /**
   * Checks a version directory, or the highest version in a model's directory.
   *
   * @return what was found, good and bad; a single finding if it is no SavedModel at all
   */
  public static List<Finding> check(Path savedModel) {
    try {
      var directory = LoadedModel.versionDirectory(savedModel);
      var findings = new ArrayList<>(new GraphContract(meta(directory)).check());
      findings.addAll(files(directory));
      if (findings.stream().allMatch(Finding::ok)) {
        findings.addAll(running(directory));
      }
      return List.copyOf(findings);
    } catch (ExportException e) {
      return List.of(new Finding(false, e.getMessage()));
    }
  }

  private static MetaGraphDef meta(Path directory) {
    var file = directory.resolve("saved_model.pb");
    try {
      var model = SavedModel.parseFrom(Files.readAllBytes(file));
      if (model.getMetaGraphsCount() != 1) {
        throw new ExportException(
            "%s holds %d graphs, not one".formatted(file, model.getMetaGraphsCount()));
      }
      return model.getMetaGraphs(0);
    } catch (IOException e) {
      throw new ExportException(file + " is damaged: " + e.getMessage(), e);
    }
  }

  private static List<Finding> files(Path directory) {
    var findings = new ArrayList<Finding>();
    for (var name :
        List.of(
            "variables/variables.index",
            "variables/variables.data-00000-of-00001",
            "assets/" + Description.LABELS_FILE,
            "assets.extra/" + Description.FILE,
            "assets.extra/" + WarmUp.FILE)) {
      var there = Files.isRegularFile(directory.resolve(name));
      findings.add(new Finding(there, there ? name : name + " is missing"));
    }
    return findings;
  }

  private static List<Finding> running(Path directory) {
    try (var model = LoadedModel.open(directory)) {
      var findings = new ArrayList<Finding>();
      findings.add(new Finding(true, "loads, variables restored"));
      findings.add(description(model));
      findings.add(labels(model));
      var number = 1;
      for (var record : WarmUpFile.read(directory.resolve("assets.extra/" + WarmUp.FILE))) {
        findings.add(replay(model, record, number++));
      }
      return findings;
    } catch (ExportException e) {
      return List.of(new Finding(false, e.getMessage()));
    } catch (IOException e) {
      return List.of(new Finding(false, directory + " cannot be read: " + e.getMessage()));
    }
  }

  private static Finding description(LoadedModel model) throws IOException {
    var file = model.directory().resolve("assets.extra").resolve(Description.FILE);
    var same = Files.readString(file).equals(SelfDescription.of(model).description());
    return new Finding(
        same, Description.FILE + (same ? " is" : " is not") + " what the signature describe says");
  }

  private static Finding labels(LoadedModel model) throws IOException {
    var file = model.directory().resolve("assets").resolve(Description.LABELS_FILE);
    var same = Files.readAllLines(file).equals(SelfDescription.of(model).classNames());
    return new Finding(
        same, Description.LABELS_FILE + (same ? " lists" : " does not list") + " the class names");
  }

  private static Finding replay(LoadedModel model, WarmUp record, int number) {
    var what = "warm-up request %d (%s)".formatted(number, record.signature());
    var inputs = new HashMap<String, Tensor>();
    try {
      record.inputs().forEach((name, proto) -> inputs.put(name, TensorProtos.toTensor(proto)));
      try (var answers = model.call(record.signature(), inputs)) {
        return Comparison.of(answers.toProtos(), record.outputs())
            .map(difference -> new Finding(false, what + ": " + difference))
            .orElseGet(() -> new Finding(true, what + ": answers as recorded"));
      }
    } catch (TensorFlowException | IllegalArgumentException e) {
      return new Finding(false, what + " fails: " + LoadedModel.firstLine(e));
    } finally {
      inputs.values().forEach(Tensor::close);
    }
  }

  /** Whether nothing failed. */
  public static boolean passed(List<Finding> findings) {
    return findings.stream().allMatch(Finding::ok);
  }

  /** Tensors against recorded tensors. */
  private static final class Comparison {
    /** Other processors sum in another order. */
    private static final double TOLERANCE = 1e-4;

    static java.util.Optional<String> of(
        Map<String, org.tensorflow.proto.TensorProto> actual,
        Map<String, org.tensorflow.proto.TensorProto> recorded) {
      for (var name : recorded.keySet()) {
        var got = actual.get(name);
        var want = recorded.get(name);
        if (got == null || !got.getTensorShape().equals(want.getTensorShape())) {
          return java.util.Optional.of("output " + name + " is missing or of another shape");
        }
        if (!got.equals(want) && !close(got, want)) {
          return java.util.Optional.of("output " + name + " differs from the recorded one");
        }
      }
      return java.util.Optional.empty();
    }

    private static boolean close(
        org.tensorflow.proto.TensorProto got, org.tensorflow.proto.TensorProto want) {
      if (want.getDtype() != org.tensorflow.proto.DataType.DT_FLOAT) {
        return false;
      }
      var a = floats(got);
      var b = floats(want);
      while (a.hasRemaining()) {
        var x = a.get();
        var y = b.get();
        if (!(Math.abs(x - y) <= TOLERANCE * Math.max(1, Math.abs(y)))) {
          return false;
        }
      }
      return true;
    }

    private static java.nio.FloatBuffer floats(org.tensorflow.proto.TensorProto tensor) {
      return tensor
          .getTensorContent()
          .asReadOnlyByteBuffer()
          .order(java.nio.ByteOrder.LITTLE_ENDIAN)
          .asFloatBuffer();
    }
  }
}
