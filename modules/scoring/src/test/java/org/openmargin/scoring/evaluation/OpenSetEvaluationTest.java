package org.openmargin.scoring.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.openmargin.scoring.Head;
import org.openmargin.scoring.Predictions;
import org.openmargin.scoring.Truth;
import org.openmargin.scoring.calibration.AcceptanceThreshold;
import org.openmargin.scoring.metric.ConfusionMatrix;
import org.openmargin.scoring.metric.Metric;
import org.openmargin.scoring.metric.ScorerMetrics;
import org.openmargin.scoring.scorer.Energy;
import org.openmargin.scoring.scorer.MaxLogit;
import org.openmargin.scoring.scorer.ScorerType;

class OpenSetEvaluationTest {
  private static final Head HEAD = Head.openCosine(List.of("a", "b"), 10);
  private static final ScorerSelection BY_LOGIT =
      new ScorerSelection("max_logit", "set in the experiment", 0.25, List.of(0.5, 0.25, 0.1));

  /** max_logit scores -1, -2, -3: at alpha 0.25, k = 3, the threshold lies just above -1. */
  private static final Predictions VALIDATION =
      predictions("val", new int[] {0, 1, 0}, new float[][] {{1, 0, 0}, {0, 2, 0}, {3, 0, 0}});

  /**
   * Known: right and accepted (4, a), wrong and accepted (5, predicted b), right and rejected (0.5,
   * b); unknown: accepted (2, predicted a), rejected (0), rejected (-1).
   */
  private static final Predictions TEST =
      predictions(
          "test",
          new int[] {0, 0, 1, -1, -1, -1},
          new float[][] {{4, 0, 0}, {0, 5, 0}, {0, 0.5f, 0}, {2, 0, 0}, {0, -3, 0}, {-1, -2, 0}});

  private final OpenSetEvaluation evaluation =
      OpenSetEvaluation.of(
          new EvaluationPlan(ScorerType.reported(HEAD), BY_LOGIT), VALIDATION, TEST);

  @Test
  void countsAndAccuracyAreThoseOfTheImages() {
    assertThat(evaluation.counts()).isEqualTo(new ImageCounts(3, 3, 3));
    assertThat(evaluation.acc()).isEqualTo(2.0 / 3);
  }

  @Test
  void everyScorerIsMeasuredInOrder() {
    assertThat(evaluation.scorers())
        .extracting(ScorerMetrics::name)
        .isEqualTo(ScorerType.REPORTED.stream().map(ScorerType::key).toList());
    var metrics = evaluation.selectedMetrics();
    // Known scores -4, -5, -0.5 (the second wrong), unknown -2, 0, 1.
    assertThat(metrics.name()).isEqualTo("max_logit");
    assertThat(metrics.auroc()).isCloseTo(8.0 / 9, within(1e-15));
    assertThat(metrics.oscr()).isCloseTo(5.0 / 9, within(1e-15));
    assertThat(metrics.value(Metric.DTACC)).isCloseTo(5.0 / 6, within(1e-15));
    assertThat(metrics.value(Metric.FPR_AT_95_TPR)).isEqualTo(1.0 / 3);
    assertThat(metrics.values())
        .contains(
            entry(Metric.CCR_AT_FPR_01, 1.0 / 3),
            entry(Metric.CCR_AT_FPR_05, 1.0 / 3),
            entry(Metric.CCR_AT_FPR_10, 1.0 / 3))
        .containsOnlyKeys(Metric.values());
  }

  @Test
  void everyThresholdAndEveryScorerRejectsItsSharesOfTheTestImages() {
    var rejections = evaluation.rejections();
    // Thresholds -1.5 and about -1; known scores -4, -5, -0.5, unknown ones -2, 0, 1.
    var rates = new Rejections.Rates(OptionalDouble.of(1.0 / 3), OptionalDouble.of(2.0 / 3));
    assertThat(rejections.byAlpha()).containsExactly(entry(0.25, rates), entry(0.5, rates));
    assertThat(rejections.byScorer())
        .containsOnlyKeys(ScorerType.REPORTED.stream().map(ScorerType::key).toList())
        .containsEntry("max_logit", rates);
  }

  @Test
  void theThresholdComesFromValidationAndDecidesOnTest() {
    var selected = evaluation.selected();
    assertThat(selected.name()).isEqualTo("max_logit");
    assertThat(selected.selection().reason()).isEqualTo("set in the experiment");
    assertThat(selected.threshold().threshold()).isCloseTo(-1, within(1e-5));
    assertThat(selected.threshold().alpha()).isEqualTo(0.25);
    assertThat(selected.calibration().thresholds())
        .extracting(AcceptanceThreshold::alpha)
        .containsExactly(0.25, 0.5);
    assertThat(selected.calibration().unattainableAlphas()).containsExactly(0.1);
    assertThat(selected.test().knownRejectionRate()).isEqualTo(1.0 / 3);
    assertThat(selected.test().unknownDetectionRate()).hasValue(2.0 / 3);
    assertThat(selected.test().acceptedAccuracy()).isEqualTo(1.0 / 3);
    // F1: a = 2/(2+2), b = 0/(1+1), unknown = 4/(3+3).
    assertThat(selected.test().macroF1().orElseThrow())
        .isCloseTo((0.5 + 0 + 2.0 / 3) / 3, within(1e-15));
  }

  @Test
  void theConfusionMatrixHasAnUnknownRowAndColumn() {
    var decision = new OpenSetDecision(new MaxLogit(HEAD), evaluation.selected().threshold());
    var scored = ScoredPredictions.of(TEST, List.of(new MaxLogit(HEAD)));
    var matrix = ConfusionMatrix.of(decision.rejected(scored), TEST);
    assertThat(matrix.names()).containsExactly("a", "b", "unknown");
    assertThat(matrix.counts())
        .containsExactly(List.of(1, 1, 0), List.of(0, 0, 1), List.of(1, 0, 2));
    assertThat(matrix.images(2)).isEqualTo(3);
    assertThat(matrix.answers(1)).isEqualTo(1);
  }

  @Test
  void aClassThatIsNeitherPresentNorPredictedIsLeftOutOfTheF1() {
    var matrix =
        new ConfusionMatrix(
            List.of("a", "b", "unknown"),
            List.of(List.of(2, 0, 0), List.of(0, 0, 0), List.of(0, 0, 3)));
    assertThat(matrix.macroF1()).isEqualTo(1);
  }

  @Test
  void tooFewValidationImagesForTheDecidingAlphaAreAnError() {
    var strict = new ScorerSelection("max_logit", "why not", 0.05, List.of());
    assertThatThrownBy(() -> OpenSetEvaluation.of(plan(strict), VALIDATION, TEST))
        .hasMessage("alpha 0.05 needs at least 19 known validation images; there are 3");
  }

  /** All classes are known: thresholds and figures of known images stay the same. */
  @Test
  void withoutUnknownImagesOnlyWhatNeedsThemIsMissing() {
    var plan = new EvaluationPlan(ScorerType.reported(HEAD), BY_LOGIT);
    var closed = OpenSetEvaluation.of(plan, VALIDATION, TEST.known());
    assertThat(closed.counts()).isEqualTo(new ImageCounts(3, 3, 0));
    assertThat(closed.closedSet()).isEqualTo(evaluation.closedSet());
    assertThat(closed.closedSet().chance()).isEqualTo(2.0 / 3);
    assertThat(closed.selected().threshold()).isEqualTo(evaluation.selected().threshold());
    assertThat(closed.selected().test().knownRejectionRate()).isEqualTo(1.0 / 3);
    assertThat(closed.selected().test().unknownDetectionRate()).isEmpty();
    assertThat(closed.selected().test().macroF1()).isEmpty();
    for (var metrics : closed.scorers()) {
      assertThat(metrics.values().keySet()).containsExactly(Metric.AURC_KNOWN, Metric.AUGRC_KNOWN);
      assertThat(metrics.aurocByUnknownClass()).isEmpty();
      assertThat(metrics.measured(Metric.AUROC)).isEmpty();
      assertThatThrownBy(metrics::auroc).hasMessageContaining("not measured, no unknown images");
      var intervals = metrics.intervals().orElseThrow();
      assertThat(intervals.open()).isEmpty();
      assertThat(intervals.acc())
          .isEqualTo(evaluation.selectedMetrics().intervals().orElseThrow().acc());
    }
    assertThat(closed.rejections().byScorer().get("max_logit").known()).hasValue(1.0 / 3);
    assertThat(closed.rejections().byScorer().get("max_logit").unknown()).isEmpty();
  }

  @Test
  void theInputsMustBeKnownValidationAndKnownTestImages() {
    var plan = plan(BY_LOGIT);
    var leaky = predictions("val", new int[] {-1}, new float[][] {{1, 0, 0}});
    assertThatThrownBy(() -> OpenSetEvaluation.of(plan, leaky, TEST))
        .hasMessageContaining("known validation images only");
    assertThatThrownBy(() -> OpenSetEvaluation.of(plan, VALIDATION, TEST.unknown()))
        .hasMessageContaining("got 0 known and 3 unknown");
    assertThatThrownBy(() -> OpenSetEvaluation.of(plan, TEST.known(), TEST))
        .hasMessage("image 'test/0' is in the validation and in the test predictions");
    var otherHead =
        Predictions.withoutEmbeddings(
            Head.openCosine(List.of("a", "b"), 11), VALIDATION.truth(), VALIDATION.logits());
    assertThatThrownBy(() -> OpenSetEvaluation.of(plan, otherHead, TEST))
        .hasMessageContaining("the same head");
  }

  @Test
  void thePlanMustNameOneOfItsScorersAndGiveAReason() {
    var other = new ScorerSelection("energy", "because", 0.25, List.of());
    assertThatThrownBy(() -> new EvaluationPlan(List.of(new MaxLogit(HEAD)), other))
        .hasMessage("the selected scorer 'energy' is not among the scorers [max_logit]");
    assertThatThrownBy(
            () -> new EvaluationPlan(List.of(new Energy(HEAD), new Energy(HEAD, 2)), other))
        .hasMessage("scorers must have different names; got [energy, energy]");
    assertThatThrownBy(() -> new ScorerSelection("energy", " ", 0.25, List.of()))
        .hasMessageContaining("has no reason");
  }

  private static EvaluationPlan plan(ScorerSelection selection) {
    return new EvaluationPlan(List.of(new MaxLogit(HEAD)), selection);
  }

  private static Predictions predictions(String split, int[] labels, float[][] logits) {
    var ids = IntStream.range(0, labels.length).mapToObj(i -> split + "/" + i).toList();
    var classes =
        Arrays.stream(labels)
            .mapToObj(label -> label < 0 ? "other" : "ab".charAt(label) + "")
            .toList();
    return Predictions.withoutEmbeddings(HEAD, new Truth(ids, labels, classes), logits);
  }
}
