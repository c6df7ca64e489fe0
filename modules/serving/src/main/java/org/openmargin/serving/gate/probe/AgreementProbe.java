package org.openmargin.serving.gate.probe;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.openmargin.serving.Answers;
import org.openmargin.serving.FileExample;
import org.openmargin.serving.Finding;
import org.openmargin.serving.LoadedModel;
import org.openmargin.serving.ModelContract;
import org.openmargin.serving.ModelContract.Signature;
import org.openmargin.serving.ModelException;
import org.openmargin.serving.Reason;
import org.openmargin.serving.SelfDescription;
import org.openmargin.serving.TensorComparison;
import org.openmargin.serving.TensorProtos;

/**
 * Sends the same images to every signature that takes them: what two of them call alike must be
 * alike. So an output is found that is another tensor than it says, even one of the same shape.
 */
record AgreementProbe(LoadedModel model, SelfDescription self, DeclaredDecision declared) {
  /** Computed in floats there, in doubles elsewhere: a rounding may turn a decision. */
  private static final Set<String> ROUNDED =
      Set.of(ModelContract.IS_UNKNOWN, ModelContract.INPUT_IS_UNUSUAL, ModelContract.P_VALUE);

  private static final double TOLERANCE = 1e-4;

  Finding check() {
    try {
      var problems = new ArrayList<>(files());
      problems.addAll(pixels());
      return Finding.of("signatures give the same answers for the same images", problems);
    } catch (ModelException | IllegalArgumentException e) {
      return new Finding(false, "signatures for the same images: " + e.getMessage());
    }
  }

  private List<String> files() {
    var files =
        new Pictures(Pictures.channels(model), self.levels())
            .samples().stream().map(s -> s.file()).toList();
    try (var sent = Sent.to(model)) {
      sent.with(ModelContract.IMAGE_BYTES, TensorProtos.strings(files))
          .with(
              ModelContract.INPUTS,
              TensorProtos.strings(files.stream().map(FileExample::of).toList()))
          .with(ModelContract.CLASS_INDEX, files.size(), -1);
      try (var wanted = sent.call(ModelContract.SERVING_BYTES)) {
        decideAlike(sent, wanted);
        var problems = new ArrayList<String>();
        for (var other :
            List.of(ModelContract.SERVING_EXAMPLES, ModelContract.EMBED, ModelContract.DECIDE)) {
          problems.addAll(differences(sent, other, wanted, Set.of()));
        }
        problems.addAll(examples(sent, wanted));
        problems.addAll(optional(sent, wanted));
        return problems;
      }
    }
  }

  /** The thresholds that the model itself decides by. */
  private void decideAlike(Sent sent, Answers wanted) {
    var best = wanted.longs(ModelContract.BEST_KNOWN_INDEX);
    var limits = new float[best.length];
    for (var row = 0; row < best.length; row++) {
      limits[row] = declared.limit((int) best[row]);
    }
    sent.with(ModelContract.THRESHOLD, limits, limits.length)
        .with(ModelContract.ALPHA, new float[limits.length], limits.length);
  }

  private List<String> differences(
      Sent sent, Signature signature, Answers wanted, Set<String> without) {
    var problems = new ArrayList<String>();
    var names = new HashSet<>(signature.outputs().keySet());
    names.retainAll(wanted.names());
    names.removeAll(without);
    try (var answers = sent.call(signature)) {
      var got = answers.toProtos();
      var want = wanted.toProtos();
      for (var name : names) {
        TensorComparison.of(Map.of(name, got.get(name)), Map.of(name, want.get(name)))
            .ifPresent(
                difference ->
                    problems.add(
                        "signature %s has another %s than others"
                            .formatted(signature.name(), name)));
      }
    }
    return problems;
  }

  /** Of classify, the class with the largest score is the decision. */
  private List<String> examples(Sent sent, Answers wanted) {
    var names = new ArrayList<>(self.classNames());
    names.add(ModelContract.UNKNOWN);
    var problems = new ArrayList<String>();
    try (var classes = sent.call(ModelContract.CLASSIFY);
        var score = sent.call(ModelContract.REGRESS)) {
      var shown = classes.strings(ModelContract.CLASSES);
      var scores = classes.rows(ModelContract.SCORES);
      for (var row = 0; row < scores.length; row++) {
        var listed = shown.subList(row * names.size(), (row + 1) * names.size());
        if (!listed.equals(names) || !close(scores[row], decided(wanted, row))) {
          problems.add("signature classify: row %d is not the decision".formatted(row + 1));
        }
      }
      if (!close(score.floats(ModelContract.OUTPUTS), wanted.floats(ModelContract.UNKNOWN_SCORE))) {
        problems.add("signature regress does not give the unknown scores");
      }
    }
    return problems;
  }

  private static float[] decided(Answers wanted, int row) {
    var known = wanted.rows(ModelContract.PROBABILITIES)[row];
    var scores = new float[known.length + 1];
    if (wanted.booleans(ModelContract.IS_UNKNOWN)[row]) {
      scores[known.length] = 1;
    } else {
      System.arraycopy(known, 0, scores, 0, known.length);
    }
    return scores;
  }

  private static boolean close(float[] got, float[] want) {
    var close = got.length == want.length;
    for (var i = 0; close && i < got.length; i++) {
      close = Math.abs(got[i] - want[i]) <= TOLERANCE * Math.max(1, Math.abs(want[i]));
    }
    return close;
  }

  /** They, too, must know which image is in which row, and why one cannot be used. */
  private List<String> optional(Sent sent, Answers wanted) {
    var problems = new ArrayList<String>();
    var reasons = wanted.strings(ModelContract.REASON);
    for (var signature : ModelContract.OPTIONAL_SIGNATURES) {
      if (!model.meta().containsSignatureDef(signature.name())) {
        continue;
      }
      try (var answers = sent.call(signature)) {
        for (var row = 0; row < reasons.size(); row++) {
          var reason = Reason.of(reasons.get(row));
          if (reason.scored()
              ? !explainsBest(signature, answers, wanted, row)
              : !answers.strings(ModelContract.REASON).get(row).equals(reason.code())) {
            problems.add(
                "signature %s: row %d is not that image".formatted(signature.name(), row + 1));
          }
        }
      }
    }
    return problems;
  }

  private static boolean explainsBest(
      Signature signature, Answers answers, Answers wanted, int row) {
    return !signature.equals(ModelContract.EXPLAIN)
        || answers.longs(ModelContract.EXPLAINED_INDEX)[row]
            == wanted.longs(ModelContract.BEST_KNOWN_INDEX)[row];
  }

  /** Images of the network's size, which all signatures for pixels take as they are. */
  private List<String> pixels() {
    var size = NetworkSize.of(model);
    var images = new Pictures(size.channels()).drawn(size.height(), size.width());
    try (var sent = Sent.to(model)) {
      sent.with(
              ModelContract.IMAGES,
              TensorProtos.images(images, size.height(), size.width(), size.channels()))
          .with(ModelContract.PIXELS, size.tensor(images));
      try (var wanted = sent.call(ModelContract.SERVING_DEFAULT)) {
        decideAlike(sent, wanted);
        var problems = new ArrayList<String>();
        problems.addAll(differences(sent, ModelContract.SERVING_THRESHOLD, wanted, Set.of()));
        problems.addAll(differences(sent, ModelContract.DECIDE_PIXELS, wanted, Set.of()));
        problems.addAll(differences(sent, ModelContract.SERVING_PIXELS, wanted, ROUNDED));
        return problems;
      }
    }
  }
}
