package org.openmargin.serving.gate;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.openmargin.files.FileErrors;
import org.openmargin.serving.Finding;
import org.openmargin.serving.JsonText;
import org.openmargin.serving.ModelContract;
import org.openmargin.serving.ModelException;
import org.openmargin.serving.WarmUp;
import org.openmargin.serving.WarmUpFile;
import org.tensorflow.proto.MetaGraphDef;
import org.tensorflow.proto.TensorInfo;
import org.tensorflow.proto.TensorProto;
import org.tensorflow.proto.TensorShapeProto;

/** Whether a server could replay the warm-up file, as it does before it serves a model. */
record WarmUpCheck(Path directory, MetaGraphDef meta) {
  /** A server refuses a file with more. */
  private static final int MOST = 1000;

  Finding check() {
    var file = directory.resolve(ModelContract.WARM_UP_FILE);
    if (!VersionFiles.special(List.of(file)).isEmpty()) {
      return new Finding(false, "the warm-up file is no file");
    }
    try {
      var records = WarmUpFile.read(file);
      var problems = new ArrayList<String>();
      if (records.isEmpty() || records.size() > MOST) {
        problems.add(
            "the warm-up file has %d requests, not 1 to %d".formatted(records.size(), MOST));
      }
      var name = name();
      if (!records.stream().allMatch(record -> record.model().equals(name))) {
        problems.add("the warm-up file has requests for another model than " + name);
      }
      for (var i = 0; i < Math.min(records.size(), MOST); i++) {
        problems.addAll(problems(records.get(i), i + 1));
      }
      var missing = new TreeSet<>(meta.getSignatureDefMap().keySet());
      records.forEach(record -> missing.remove(record.signature()));
      if (!missing.isEmpty()) {
        problems.add("there is no warm-up request for " + missing);
      }
      return Finding.of(
          "%d warm-up requests fit their signatures".formatted(records.size()), problems);
    } catch (ModelException e) {
      return new Finding(false, e.getMessage());
    }
  }

  /** Of the model. */
  private String name() {
    var file = directory.resolve(ModelContract.DESCRIPTION_FILE);
    try {
      // Whoever opens a pipe may wait for ever.
      var text = Files.isRegularFile(file) ? Files.readString(file) : "{}";
      return String.valueOf(JsonText.object(text).get(ModelContract.MODEL));
    } catch (IOException e) {
      throw new ModelException("open_set.json cannot be read: " + FileErrors.reason(e), e);
    }
  }

  private List<String> problems(WarmUp record, int number) {
    var what = "warm-up request " + number;
    var signature = meta.getSignatureDefMap().get(record.signature());
    if (signature == null) {
      return List.of("%s is for the signature '%s'".formatted(what, record.signature()));
    }
    var problems = new ArrayList<String>();
    if (!record.inputs().keySet().equals(signature.getInputsMap().keySet())) {
      problems.add("%s has the inputs %s".formatted(what, record.inputs().keySet()));
    } else if (!record.inputs().entrySet().stream()
        .allMatch(in -> fits(in.getValue(), signature.getInputsOrThrow(in.getKey())))) {
      problems.add(what + " has an input of another type or shape");
    }
    if (Stream.of(record.inputs(), record.outputs())
        .flatMap(tensors -> tensors.values().stream())
        .anyMatch(tensor -> !isWhole(tensor))) {
      problems.add(what + " has a tensor with more or fewer values than its shape");
    }
    if (!record.outputs().keySet().equals(signature.getOutputsMap().keySet())) {
      problems.add(what + " has not the outputs of its signature");
    }
    return problems;
  }

  /** A shape alone could ask for any amount of memory. */
  private static boolean isWhole(TensorProto tensor) {
    var values =
        tensor.getTensorShape().getDimList().stream()
            .mapToDouble(TensorShapeProto.Dim::getSize)
            .reduce(1, (a, b) -> a * b);
    return switch (tensor.getDtype()) {
      case DT_STRING -> tensor.getStringValCount() == values;
      case DT_BOOL, DT_UINT8 -> tensor.getTensorContent().size() == values;
      case DT_FLOAT -> tensor.getTensorContent().size() == values * Float.BYTES;
      case DT_INT64, DT_DOUBLE -> tensor.getTensorContent().size() == values * Long.BYTES;
      default -> false;
    };
  }

  private static boolean fits(TensorProto tensor, TensorInfo declared) {
    var got = tensor.getTensorShape().getDimList();
    var want = declared.getTensorShape().getDimList();
    if (tensor.getDtype() != declared.getDtype() || got.size() != want.size()) {
      return false;
    }
    for (var i = 0; i < got.size(); i++) {
      if (want.get(i).getSize() >= 0 && want.get(i).getSize() != got.get(i).getSize()) {
        return false;
      }
    }
    return true;
  }
}
