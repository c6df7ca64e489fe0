package org.openmargin.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.openmargin.report.plot.Axis;
import org.openmargin.report.plot.Plot;
import org.openmargin.scoring.metric.CurvePoint;

/**
 * Test figures of the epochs that different rules would choose. The last row chooses by test
 * images: it is not a result.
 *
 * @param validated accuracies on known validation images
 * @param recorded test figures, by epoch
 */
record EpochTable(List<TrainingLog.Epoch> validated, List<RecordedEpoch> recorded) {

  /**
   * @param rule how the epoch is chosen
   * @param oracle whether by test images
   */
  record Row(String rule, boolean oracle, RecordedEpoch epoch, String scorer) {
    double auroc() {
      return epoch.auroc().get(scorer);
    }

    double oscr() {
      return epoch.oscr().get(scorer);
    }
  }

  /** The scorer that decided when the figures were recorded. */
  String scorer() {
    return last().scorer();
  }

  List<Row> rows() {
    var rows = new ArrayList<Row>();
    rows.add(new Row("last epoch", false, last(), scorer()));
    bestValidated()
        .ifPresent(
            epoch ->
                rows.add(
                    new Row("best accuracy on known validation images", false, epoch, scorer())));
    rows.add(oracle("oracle: best AUROC on the test images", List.of(scorer())));
    var scorers = List.copyOf(last().auroc().keySet());
    if (scorers.size() > 1) {
      rows.add(oracle("oracle over %d scorers, too".formatted(scorers.size()), scorers));
    }
    return rows;
  }

  /** What the choice by test images would add to the last epoch's AUROC. */
  double oracleGain() {
    var rows = rows();
    var oracle = rows.stream().filter(Row::oracle).findFirst().orElseThrow();
    return oracle.auroc() - rows.get(0).auroc();
  }

  /** AUROC of the deciding scorer over the epochs. */
  Plot plot() {
    var points =
        recorded.stream()
            .filter(epoch -> epoch.auroc().containsKey(scorer()))
            .map(epoch -> new CurvePoint(epoch.epoch(), epoch.auroc().get(scorer())))
            .toList();
    var least = points.stream().mapToDouble(CurvePoint::rate).min().orElseThrow();
    var low = Math.max(0, Math.min(0.9, Math.floor(10 * least) / 10));
    var x = new Axis("epoch", new Axis.Range(0, last().epoch(), false), 56, 440, 1);
    var y = new Axis("AUROC on test images", new Axis.Range(low, 1, false), 260, 40);
    return new Plot("AUROC on test images after each recorded epoch", x, y)
        .line("record", "AUROC of " + scorer(), points);
  }

  private RecordedEpoch last() {
    return recorded.get(recorded.size() - 1);
  }

  /** The earliest of equals; empty if that epoch was not recorded. */
  private Optional<RecordedEpoch> bestValidated() {
    var most = validated.stream().mapToDouble(TrainingLog.Epoch::accuracy).max();
    return validated.stream()
        .filter(epoch -> epoch.accuracy() == most.orElseThrow())
        .findFirst()
        .flatMap(
            best -> recorded.stream().filter(epoch -> epoch.epoch() == best.epoch()).findFirst());
  }

  private Row oracle(String rule, List<String> scorers) {
    return recorded.stream()
        .flatMap(
            epoch ->
                scorers.stream()
                    .filter(epoch.auroc()::containsKey)
                    .map(scorer -> new Row(rule, true, epoch, scorer)))
        .max(Comparator.comparingDouble(Row::auroc))
        .orElseThrow();
  }
}
