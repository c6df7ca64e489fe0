package org.openmargin.inference.calibration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.openmargin.data.DataException;
import org.openmargin.inference.calibration.FoundCalibration.Scores;
import org.openmargin.scoring.calibration.ConformalCalibration;
import org.openmargin.serving.ModelException;

class FoundCalibrationTest {
  private static final List<String> CLASSES = List.of("a", "b");
  private static final String DESCRIPTION =
      """
      {"scorer": {"name": "energy"},
       "decision": {"alpha": 0.1, "threshold": 3.5, "temperature": 1.5},
       "calibration": {
         "thresholds": [
           {"alpha": 0.1, "threshold": 3.5, "validation_images": 40, "rejection_bound": 0.0976},
           {"alpha": 0.5, "threshold": 1.5, "validation_images": 40, "rejection_bound": 0.5}],
         "unattainable_alphas": [0.01]},
       "score_reference": {"edges": [1.5], "counts": [20, 20],
         "predicted_classes": {"a": 30, "b": 10}}}
      """;

  private static double[] upTo(int n) {
    return IntStream.rangeClosed(1, n).mapToDouble(i -> i).toArray();
  }

  private static Scores scores(int known, double... impostors) {
    var predicted = IntStream.range(0, known).map(i -> i % 2).toArray();
    return new Scores(upTo(known), predicted, impostors);
  }

  private static FoundCalibration found(
      Scores scores, List<Double> alphas, Optional<Double> share, boolean byClass) {
    var settings = new CalibrationSettings(alphas, share, byClass, false);
    var stored = StoredDecision.of(DESCRIPTION);
    return FoundCalibration.of(scores, CLASSES, stored, settings, Optional.empty());
  }

  @Test
  void withoutWishesTheAlphasOfTheModelAreCalibrated() {
    var rule = found(scores(20), List.of(), Optional.empty(), false).rule();
    assertThat(rule.alpha()).isEqualTo(0.1);
    assertThat(rule.threshold()).isEqualTo(ConformalCalibration.threshold(upTo(20), 0.1));
    assertThat(rule.calibration().unattainableAlphas()).containsExactly(0.01);
    assertThat(rule.calibration().predicted()).containsExactly(10, 10);
    assertThat(rule.temperature()).isEqualTo(1.5);
    assertThat(rule.byClass()).isEmpty();
  }

  @Test
  void anAlphaThatIsWantedAndCannotBeReachedIsRefused() {
    assertThatThrownBy(() -> found(scores(20), List.of(0.1, 0.01), Optional.empty(), false))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("alpha 0.01 needs at least 99")
        .hasMessageContaining("there are 20");
    assertThatThrownBy(() -> found(scores(5), List.of(), Optional.empty(), false))
        .hasMessageContaining("alpha 0.1 needs at least 9");
  }

  @Test
  void impostorsAloneDecideTheThreshold() {
    // Share 0.25 of 8 + 1: below the second impostor, 15.5.
    var impostors = new double[] {12, 15.5, 30, 31, 32, 33, 34, 35};
    var found = found(scores(20, impostors), List.of(), Optional.of(0.25), false);
    assertThat(found.rule().threshold().threshold()).isEqualTo(14.5);
    assertThat(found.rule().alpha()).isEqualTo(7.0 / 21);
    assertThat(found.impostors().orElseThrow().count()).isEqualTo(1);
  }

  @Test
  void bothWishesHoldOrTheConflictIsToldWithItsFigures() {
    var far = IntStream.range(0, 9).mapToDouble(i -> 100 + i).toArray();
    var rule = found(scores(20, far), List.of(0.1), Optional.of(0.1), false).rule();
    assertThat(rule.alpha()).isEqualTo(0.1);
    assertThat(rule.threshold().threshold()).isEqualTo(19.5);

    var near = IntStream.range(0, 9).mapToDouble(i -> 10.6 + i).toArray();
    assertThatThrownBy(() -> found(scores(20, near), List.of(0.1), Optional.of(0.1), false))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("in conflict")
        .hasMessageContaining("threshold of at most 10.5, which rejects 10 of the 20 known images")
        .hasMessageContaining("alpha 0.1 takes 19.5, which accepts 9 of the 9 impostors");
  }

  @Test
  void predictedClassesHaveTheirOwnThresholds() {
    var rule = found(scores(40), List.of(0.1), Optional.empty(), true).rule();
    // Of class a the scores 1, 3, ..., 39: k = ceil(21 * 0.9) = 19, the score 37.
    assertThat(rule.threshold(0).threshold()).isEqualTo(38);
    assertThat(rule.threshold(1).threshold()).isEqualTo(39);
    assertThatThrownBy(() -> new CalibrationSettings(List.of(0.1), Optional.of(0.1), true, false))
        .hasMessageContaining("one threshold for all classes");
  }

  @Test
  void whatAModelSaysOfItsCalibrationIsRead() {
    var stored = StoredDecision.of(DESCRIPTION);
    assertThat(stored.alphas()).containsExactly(0.1, 0.5, 0.01);
    assertThat(stored.expectedRejection()).isEqualTo(0.0976);
    assertThat(stored.reference().images()).isEqualTo(40);
    assertThat(stored.reference().predicted()).containsExactly(30, 10);
    var byClass =
        DESCRIPTION.replace(
            "\"unattainable_alphas\"",
            """
            "class_thresholds": [
              {"alpha": 0.1, "validation_images": 30, "rejection_bound": 0.1},
              {"alpha": 0.1, "validation_images": 10, "rejection_bound": 0.06}],
            "unattainable_alphas\"""");
    assertThat(StoredDecision.of(byClass).expectedRejection()).isEqualTo(0.09);
    assertThatThrownBy(() -> StoredDecision.of(DESCRIPTION.replace("score_reference", "x")))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("export it anew");
  }
}
