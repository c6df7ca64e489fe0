package org.openmargin.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Descriptors.FieldDescriptor;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.openmargin.config.v1.EvaluationReport.ScorerResult;
import org.openmargin.scoring.UnknownScores;
import org.openmargin.scoring.metric.Bootstrap;
import org.openmargin.scoring.metric.Metric;
import org.openmargin.scoring.metric.ScorerMetrics;

class ReportedScorerTest {
  private static final UnknownScores SCORES =
      new UnknownScores(
          new double[] {1, 2, 3}, new double[] {2, 4}, new boolean[] {true, true, false});

  @Test
  void everyMetricHasAFieldAndEveryFieldAMetric() {
    assertThat(ScorerResult.getDescriptor().getFields())
        .extracting(FieldDescriptor::getName)
        .containsExactlyInAnyOrderElementsOf(
            Stream.concat(
                    Stream.of(
                        "name",
                        "intervals",
                        "auroc_by_unknown_class",
                        "known_rejection_rate",
                        "unknown_rejection_rate"),
                    Stream.of(Metric.values()).map(Metric::key))
                .distinct()
                .toList());
  }

  @Test
  void aMessageHoldsWhatWasMeasured() {
    var metrics = ScorerMetrics.of("energy", SCORES, Bootstrap.seeded(1));
    var reported = ReportedScorer.of(metrics, List.of());
    assertThat(reported.name()).isEqualTo("energy");
    for (var metric : Metric.values()) {
      assertThat(reported.value(metric)).as(metric.key()).hasValue(metrics.value(metric));
      assertThat(reported.interval(metric)).as(metric.key()).isEqualTo(metrics.interval(metric));
    }
    assertThat(reported.result().getAuroc()).isEqualTo(4.5 / 6);
    assertThat(reported.result().getCcrAtFprList())
        .extracting(point -> point.getFpr())
        .isEqualTo(List.of(0.01, 0.05, 0.1));
  }

  @Test
  void areasOfUnknownClassesAreInTheOrderOfTheClasses() {
    var metrics = ScorerMetrics.of("energy", SCORES).with(Map.of("b", 0.25, "a", 0.75));
    var reported = ReportedScorer.of(metrics, List.of("b", "a"));
    assertThat(reported.result().getAurocByUnknownClassList()).containsExactly(0.25, 0.75);
    assertThat(reported.aurocByUnknownClass(List.of("b", "a")))
        .containsExactly(Map.entry("b", 0.25), Map.entry("a", 0.75));
    assertThat(reported.aurocByUnknownClass(List.of("a"))).isEmpty();
    var old = ReportedScorer.of(ScorerMetrics.of("energy", SCORES), List.of());
    assertThat(old.aurocByUnknownClass(List.of("b", "a"))).isEmpty();
  }

  @Test
  void aResultOlderThanAMetricHasNoValueForIt() {
    var old = new ReportedScorer(ScorerResult.newBuilder().setName("energy").setAuroc(0).build());
    assertThat(old.value(Metric.AUROC)).hasValue(0);
    assertThat(old.value(Metric.FPR_AT_95_KNOWN_TPR)).isEmpty();
    assertThat(old.value(Metric.CCR_AT_FPR_05)).isEmpty();
    assertThat(old.interval(Metric.AUROC)).isEmpty();
  }
}
