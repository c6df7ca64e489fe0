package org.openmargin.exporter.calibration;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.openmargin.scoring.calibration.DecisionRule;
import org.openmargin.serving.Answers;
import org.openmargin.serving.LoadedModel;
import org.openmargin.serving.ModelContract;
import org.openmargin.serving.ModelContract.Signature;
import org.openmargin.serving.ModelException;
import org.openmargin.serving.Reason;
import org.tensorflow.Tensor;

/**
 * That a model which was calibrated again gives the numbers of the one before, bit by bit, and
 * decides as the calibration says, computed in Java.
 *
 * @param before the model that was calibrated
 */
record CalibrationProof(LoadedModel before, DecisionRule rule) {
  private static final double TOLERANCE = 1e-6;

  private static final List<String> KEPT =
      List.of(ModelContract.LOGITS, ModelContract.EMBEDDING, ModelContract.UNKNOWN_SCORE);

  /**
   * @param answers of the new model; of signatures for pixels and files, others pass
   * @throws ModelException that names the first difference
   */
  void require(Signature signature, Map<String, Tensor> inputs, Answers answers) {
    var decides =
        signature.equals(ModelContract.SERVING_DEFAULT)
            || signature.equals(ModelContract.SERVING_BYTES);
    if (!decides) {
      return;
    }
    try (var old = before.call(signature, inputs)) {
      for (var name : KEPT) {
        if (!Arrays.equals(old.floats(name), answers.floats(name))) {
          throw new ModelException(
              "the new version is refused: its '%s' is not that of the version before"
                  .formatted(name));
        }
      }
    }
    var reasons = answers.strings(ModelContract.REASON);
    for (var row = 0; row < reasons.size(); row++) {
      if (Reason.of(reasons.get(row)) == Reason.OK) {
        decision(answers, row);
        probabilities(answers, row);
      }
    }
  }

  private void decision(Answers answers, int row) {
    var score = answers.floats(ModelContract.UNKNOWN_SCORE)[row];
    var best = (int) answers.longs(ModelContract.BEST_KNOWN_INDEX)[row];
    if (answers.booleans(ModelContract.IS_UNKNOWN)[row] == rule.accepts(score, best)) {
      throw new ModelException(
          "the new version is refused: it decides otherwise than its calibration about the score %s of class %d"
              .formatted(score, best));
    }
    var wanted = (float) rule.calibration().pValue(score);
    var found = answers.floats(ModelContract.P_VALUE)[row];
    if (found != wanted) {
      throw new ModelException(
          "the new version is refused: its p-value of the score %s is %s, not %s"
              .formatted(score, found, wanted));
    }
  }

  private void probabilities(Answers answers, int row) {
    var logits = answers.rows(ModelContract.LOGITS)[row];
    var found = answers.rows(ModelContract.PROBABILITIES)[row];
    for (var c = 0; c < found.length; c++) {
      if (!(Math.abs(found[c] - rule.probability(logits, c)) <= TOLERANCE)) {
        throw new ModelException(
            "the new version is refused: its probabilities are not those of temperature %s"
                .formatted(rule.temperature()));
      }
    }
  }
}
