package org.openmargin.report;

import com.google.protobuf.Descriptors.FieldDescriptor;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.openmargin.config.v1.EvaluationReport;
import org.openmargin.config.v1.EvaluationReport.CcrAtFpr;
import org.openmargin.config.v1.EvaluationReport.ScorerResult;
import org.openmargin.scoring.metric.Interval;
import org.openmargin.scoring.metric.Intervals;
import org.openmargin.scoring.metric.Metric;
import org.openmargin.scoring.metric.ScorerMetrics;

/**
 * A scorer's metrics as {@code evaluation.json} holds them: each in the field of its {@link
 * Metric#key()}.
 */
public record ReportedScorer(ScorerResult result) {

  /**
   * @param unknownClasses whose AUROC is written, in this order; NaN where there is none
   */
  public static ReportedScorer of(ScorerMetrics metrics, List<String> unknownClasses) {
    var result = ScorerResult.newBuilder().setName(metrics.name());
    metrics
        .values()
        .forEach(
            (metric, value) -> {
              var fpr = metric.fpr();
              if (fpr.isPresent()) {
                result.addCcrAtFprBuilder().setFpr(fpr.getAsDouble()).setCcr(value);
              } else {
                result.setField(field(metric), value);
              }
            });
    metrics.intervals().map(ReportedScorer::intervals).ifPresent(result::setIntervals);
    var areas = metrics.aurocByUnknownClass();
    unknownClasses.forEach(
        name -> result.addAurocByUnknownClass(areas.getOrDefault(name, Double.NaN)));
    return new ReportedScorer(result.build());
  }

  public static EvaluationReport.Intervals intervals(Intervals intervals) {
    var reported = EvaluationReport.Intervals.newBuilder().setAcc(interval(intervals.acc()));
    intervals
        .open()
        .ifPresent(
            open -> reported.setAuroc(interval(open.auroc())).setOscr(interval(open.oscr())));
    return reported.build();
  }

  private static EvaluationReport.Interval interval(Interval interval) {
    return EvaluationReport.Interval.newBuilder()
        .setLow(interval.low())
        .setHigh(interval.high())
        .build();
  }

  private static FieldDescriptor field(Metric metric) {
    return ScorerResult.getDescriptor().findFieldByName(metric.key());
  }

  /** The JSON name of the metric's field, in lowerCamelCase. */
  public static String jsonName(Metric metric) {
    return field(metric).getJsonName();
  }

  public String name() {
    return result.getName();
  }

  /** The metric's value; empty in results older than the metric. */
  public OptionalDouble value(Metric metric) {
    var fpr = metric.fpr();
    if (fpr.isPresent()) {
      return result.getCcrAtFprList().stream()
          .filter(point -> point.getFpr() == fpr.getAsDouble())
          .mapToDouble(CcrAtFpr::getCcr)
          .findFirst();
    }
    var field = field(metric);
    return result.hasField(field)
        ? OptionalDouble.of((double) result.getField(field))
        : OptionalDouble.empty();
  }

  /**
   * AUROC of each unknown class against all known images; empty in results older than this figure.
   *
   * @param unknownClasses of the evaluation
   */
  public Map<String, Double> aurocByUnknownClass(List<String> unknownClasses) {
    var areas = new LinkedHashMap<String, Double>();
    if (result.getAurocByUnknownClassCount() == unknownClasses.size()) {
      for (var i = 0; i < unknownClasses.size(); i++) {
        areas.put(unknownClasses.get(i), result.getAurocByUnknownClass(i));
      }
    }
    areas.values().removeIf(area -> area.isNaN());
    return areas;
  }

  /** Share of known test images that it rejects at the deciding alpha; empty if not recorded. */
  OptionalDouble knownRejected() {
    return result.hasKnownRejectionRate()
        ? OptionalDouble.of(result.getKnownRejectionRate())
        : OptionalDouble.empty();
  }

  /** The same of unknown test images. */
  OptionalDouble unknownRejected() {
    return result.hasUnknownRejectionRate()
        ? OptionalDouble.of(result.getUnknownRejectionRate())
        : OptionalDouble.empty();
  }

  public Optional<Interval> interval(Metric metric) {
    if (!result.hasIntervals()) {
      return Optional.empty();
    }
    var intervals = result.getIntervals();
    return switch (metric) {
      case AUROC -> interval(intervals.hasAuroc(), intervals.getAuroc());
      case OSCR -> interval(intervals.hasOscr(), intervals.getOscr());
      default -> Optional.empty();
    };
  }

  private static Optional<Interval> interval(boolean there, EvaluationReport.Interval interval) {
    return there ? Optional.of(interval(interval)) : Optional.empty();
  }

  static Interval interval(EvaluationReport.Interval interval) {
    return new Interval(interval.getLow(), interval.getHigh());
  }
}
