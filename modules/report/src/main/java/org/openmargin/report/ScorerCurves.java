package org.openmargin.report;

import java.util.List;
import java.util.OptionalDouble;
import org.openmargin.report.plot.Axis;
import org.openmargin.report.plot.Figure;
import org.openmargin.report.plot.Numbers;
import org.openmargin.report.plot.Plot;
import org.openmargin.scoring.UnknownScores;
import org.openmargin.scoring.metric.CurvePoint;
import org.openmargin.scoring.metric.Metric;
import org.openmargin.scoring.metric.OpenSetCurves;

/** Curves of several scorers over each other, the deciding one first; areas are reported ones. */
record ScorerCurves(EvaluatedRun run) {
  /** Curves in one plot. */
  private static final int MOST_SCORERS = 4;

  /** ROC with the operating point; needs unknown images. */
  Figure roc() {
    var plot = empty("ROC curves", "known images rejected", "unknown images rejected");
    plot.guide("chance", List.of(new CurvePoint(0, 0), new CurvePoint(1, 1)));
    overlay(plot, Metric.AUROC, s -> OpenSetCurves.roc(s.known(), s.unknown()));
    var decision = run.evaluation().getDecision();
    var at = new CurvePoint(decision.getKnownRejectionRate(), decision.getUnknownRejectionRate());
    return new Figure("roc", "ROC", "", plot.dot("at the threshold", at));
  }

  /** CCR against FPR with the operating point; needs unknown images. */
  Figure ccrFpr() {
    var plot =
        empty(
            "CCR-FPR curves",
            "unknown images accepted",
            "known images accepted with the right class");
    overlay(plot, Metric.OSCR, s -> OpenSetCurves.ccrFpr(s.known(), s.unknown(), s.correct()));
    var acc = run.evaluation().getAcc();
    var ends = List.of(new CurvePoint(0, acc), new CurvePoint(1, acc));
    plot.line("chance", "ACC " + Numbers.percent(acc), ends);
    var right = run.answers().stream().filter(TestAnswer::isAcceptedAndRight).count();
    var at =
        new CurvePoint(
            1 - run.evaluation().getDecision().getUnknownRejectionRate(),
            (double) right / run.evaluation().getCounts().getKnownTest());
    return new Figure("ccr-fpr", "CCR against FPR", "", plot.dot("at the threshold", at));
  }

  /** Risk of wrong answers among accepted images; unknown images count as wrong. */
  Figure riskCoverage() {
    var plot = empty("Risk-coverage curves", "images accepted", "wrong among the accepted");
    overlay(plot, run.isOpen() ? Metric.AURC : Metric.AURC_KNOWN, OpenSetCurves::riskCoverage);
    var note =
        run.isOpen()
            ? "Accepting an unknown image counts as wrong; the area is AURC"
            : "Known test images only; the area is AURC";
    return new Figure("risk-coverage", "Risk against coverage", note, plot);
  }

  /** A plot of two fractions. */
  static Plot empty(String description, String x, String y) {
    return new Plot(
        description,
        new Axis(x, Axis.Range.FRACTIONS, 56, 440),
        new Axis(y, Axis.Range.FRACTIONS, 360, 36));
  }

  private interface Course {
    List<CurvePoint> of(UnknownScores scores);
  }

  private void overlay(Plot plot, Metric metric, Course course) {
    var names = run.comparedScorers(MOST_SCORERS);
    for (var i = 0; i < names.size(); i++) {
      var name = names.get(i);
      var area = value(name, metric);
      plot.line(
          "curve c" + i,
          area.isPresent()
              ? "%s, %s %s".formatted(name, metric.label(), Numbers.perCent(area))
              : name,
          course.of(run.columns().unknownScores(name, run.answers())));
    }
  }

  private OptionalDouble value(String scorer, Metric metric) {
    return run.scorers().stream()
        .filter(s -> s.name().equals(scorer))
        .map(s -> s.value(metric))
        .findFirst()
        .orElse(OptionalDouble.empty());
  }
}
