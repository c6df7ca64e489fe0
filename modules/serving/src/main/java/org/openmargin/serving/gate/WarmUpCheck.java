package org.openmargin.serving.gate;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.openmargin.serving.Finding;
import org.openmargin.serving.ModelContract;
import org.openmargin.serving.ModelException;
import org.openmargin.serving.WarmUp;
import org.openmargin.serving.WarmUpFile;
import org.tensorflow.proto.MetaGraphDef;
import org.tensorflow.proto.TensorInfo;
import org.tensorflow.proto.TensorProto;

/** Whether a server could replay the warm-up file, as it does before it serves a model. */
record WarmUpCheck(Path directory, MetaGraphDef meta) {
  /** A server refuses a file with more. */
  private static final int MOST = 1000;

  Finding check() {
    try {
      var records = WarmUpFile.read(directory.resolve(ModelContract.WARM_UP_FILE));
      var problems = new ArrayList<String>();
      if (records.isEmpty() || records.size() > MOST) {
        problems.add(
            "the warm-up file has %d requests, not 1 to %d".formatted(records.size(), MOST));
      }
      for (var i = 0; i < Math.min(records.size(), MOST); i++) {
        problems.addAll(problems(records.get(i), i + 1));
      }
      return Finding.of(
          "%d warm-up requests fit their signatures".formatted(records.size()), problems);
    } catch (ModelException e) {
      return new Finding(false, e.getMessage());
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
    if (!record.outputs().keySet().equals(signature.getOutputsMap().keySet())) {
      problems.add(what + " has not the outputs of its signature");
    }
    return problems;
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
