package org.openmargin.serving.gate.probe;

import java.util.ArrayList;
import java.util.List;
import org.openmargin.serving.Answers;
import org.openmargin.serving.ModelContract;
import org.openmargin.serving.Reason;

/**
 * Whether the outputs of an image signature agree with one another: softmax, best class, labels,
 * and the decision by the threshold, all computed again.
 *
 * @param classNames in label order
 * @param temperature of the softmax
 */
record Coherence(List<String> classNames, double temperature) {
  private static final double TOLERANCE = 1e-4;

  /**
   * @param thresholds one for each row
   * @return what is wrong, for each row at most one sentence
   */
  List<String> problems(Answers answers, float[] thresholds) {
    var rows = new Rows(answers);
    var problems = new ArrayList<String>();
    for (var row = 0; row < thresholds.length; row++) {
      var wrong =
          Reason.of(rows.reasons.get(row)).scored()
              ? decided(rows, row, thresholds[row])
              : rejected(rows, row);
      if (!wrong.isEmpty()) {
        problems.add("row %d: %s".formatted(row + 1, wrong));
      }
    }
    return problems;
  }

  private static final class Rows {
    private final List<String> reasons;
    private final List<String> labels;
    private final List<String> bestLabels;
    private final long[] indices;
    private final long[] best;
    private final boolean[] unknown;
    private final boolean[] unusual;
    private final float[] scores;
    private final float[][] probabilities;
    private final float[][] logits;

    private Rows(Answers answers) {
      reasons = answers.strings(ModelContract.REASON);
      labels = answers.strings(ModelContract.LABEL);
      bestLabels = answers.strings(ModelContract.BEST_KNOWN_LABEL);
      indices = answers.longs(ModelContract.LABEL_INDEX);
      best = answers.longs(ModelContract.BEST_KNOWN_INDEX);
      unknown = answers.booleans(ModelContract.IS_UNKNOWN);
      unusual = answers.booleans(ModelContract.INPUT_IS_UNUSUAL);
      scores = answers.floats(ModelContract.UNKNOWN_SCORE);
      probabilities = answers.rows(ModelContract.PROBABILITIES);
      logits = answers.rows(ModelContract.LOGITS);
    }
  }

  private String decided(Rows rows, int row, float threshold) {
    var logits = rows.logits[row];
    var best = largest(logits);
    var accepted = Float.isFinite(threshold) && rows.scores[row] <= threshold;
    if (rows.unknown[row] == accepted) {
      return "score %s and threshold %s, but is_unknown is %s"
          .formatted(rows.scores[row], threshold, rows.unknown[row]);
    }
    var reason = rows.unusual[row] && !accepted ? Reason.UNUSUAL_INPUT : Reason.OK;
    if (!rows.reasons.get(row).equals(reason.code())) {
      return "the reason is %s, not %s".formatted(rows.reasons.get(row), reason.code());
    }
    if (rows.best[row] != best || !rows.bestLabels.get(row).equals(classNames.get(best))) {
      return "the best class is not that of the largest logit";
    }
    if (!rows.labels.get(row).equals(accepted ? classNames.get(best) : ModelContract.UNKNOWN)
        || rows.indices[row] != (accepted ? best : -1)) {
      return "the label is not that of the decision";
    }
    return isSoftmax(logits, rows.probabilities[row])
        ? ""
        : "the probabilities are not those of the logits";
  }

  private static String rejected(Rows rows, int row) {
    var right =
        rows.unknown[row]
            && rows.best[row] == -1
            && rows.indices[row] == -1
            && rows.labels.get(row).equals(ModelContract.UNKNOWN)
            && rows.scores[row] == ModelContract.NO_SCORE;
    for (var probability : rows.probabilities[row]) {
      right = right && probability == 0;
    }
    return right ? "" : "a row with the reason %s has answers".formatted(rows.reasons.get(row));
  }

  private int largest(float[] logits) {
    var best = 0;
    for (var c = 1; c < classNames.size(); c++) {
      best = logits[c] > logits[best] ? c : best;
    }
    return best;
  }

  private boolean isSoftmax(float[] logits, float[] probabilities) {
    var largest = Float.NEGATIVE_INFINITY;
    for (var logit : logits) {
      largest = Math.max(largest, logit);
    }
    var sum = 0.0;
    for (var logit : logits) {
      sum += Math.exp((logit - largest) / temperature);
    }
    var same = probabilities.length == classNames.size();
    for (var c = 0; same && c < probabilities.length; c++) {
      var want = Math.exp((logits[c] - largest) / temperature) / sum;
      same = Math.abs(probabilities[c] - want) <= TOLERANCE;
    }
    return same;
  }
}
