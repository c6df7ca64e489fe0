package org.openmargin.report;

import java.util.List;
import org.openmargin.scoring.metric.CurvePoint;
import org.openmargin.scoring.metric.OpenSetCurves;
import org.openmargin.report.plot.Axis;
import org.openmargin.report.plot.Plot;
import org.openmargin.report.plot.Numbers;
import org.openmargin.report.plot.ScoreHistogram;

record RunPlots(EvaluatedRun run) {

  Plot histogram() {
    return new ScoreHistogram(
            TestAnswer.unknownScores(run.answers()), run.threshold().getThreshold())
        .plot(run.evaluation().getSelectedScorer());
  }

  /** ROC of the deciding scorer, with its operating point. */
  Plot roc() {
    var scores = TestAnswer.unknownScores(run.answers());
    var points = OpenSetCurves.roc(scores.known(), scores.unknown());
    var decision = run.evaluation().getDecision();
    var area = Numbers.percent(run.evaluation().getAuroc());
    return fractions("ROC curve, area " + area, "known images rejected", "unknown images rejected")
        .area("under", points)
        .line("chance", List.of(new CurvePoint(0, 0), new CurvePoint(1, 1)))
        .line("curve", points)
        .note("area", 426, 342, true, "AUROC " + area)
        .dot(
            new CurvePoint(decision.getKnownRejectionRate(), decision.getUnknownRejectionRate()),
            "at the threshold");
  }

  /** CCR against FPR of the deciding scorer, with its operating point. */
  Plot ccrFpr() {
    var scores = TestAnswer.unknownScores(run.answers());
    var points = OpenSetCurves.ccrFpr(scores.known(), scores.unknown(), scores.correct());
    var acc = run.evaluation().getAcc();
    var area = Numbers.percent(run.evaluation().getOscr());
    var right = run.answers().stream().filter(TestAnswer::isAcceptedAndRight).count();
    var plot =
        fractions(
            "CCR-FPR curve, area " + area,
            "unknown images accepted",
            "known images accepted with the right class");
    return plot.area("under", points)
        .line("chance", List.of(new CurvePoint(0, acc), new CurvePoint(1, acc)))
        .line("curve", points)
        .note("tick", 432, plot.y().pixel(acc) - 6, true, "ACC " + Numbers.percent(acc))
        .note("area", 426, 342, true, "OSCR " + area)
        .dot(
            new CurvePoint(
                1 - run.evaluation().getDecision().getUnknownRejectionRate(),
                (double) right / scores.known().length),
            "at the threshold");
  }

  boolean hasTrainingCurves() {
    return run.epochs().size() > 1;
  }

  /** Training loss of each epoch that was validated. */
  Plot loss() {
    var points = run.epochs().stream().map(e -> new CurvePoint(e.epoch(), e.loss())).toList();
    var loss = points.stream().mapToDouble(CurvePoint::rate).summaryStatistics();
    var low = Math.min(0, loss.getMin());
    var high = Math.max(low + 1.08 * (loss.getMax() - low), low + 1e-6);
    return new Plot("Training loss of each epoch", epochs(), axis("mean training loss", low, high))
        .line("curve", points);
  }

  /** Accuracy on known validation images, with the checkpoint that was evaluated. */
  Plot accuracy() {
    var points = run.epochs().stream().map(e -> new CurvePoint(e.epoch(), e.accuracy())).toList();
    var least = points.stream().mapToDouble(CurvePoint::rate).min().orElseThrow();
    var low = Math.min(0.9, Math.floor(10 * least) / 10);
    var checkpoint = run.evaluation().getCheckpoint();
    return new Plot(
            "Accuracy on known validation images after each epoch",
            epochs(),
            axis("accuracy on known validation images", low, 1))
        .line("curve", points)
        .dot(
            new CurvePoint(checkpoint.getEpoch(), checkpoint.getValidationAcc()),
            "evaluated checkpoint");
  }

  private Axis epochs() {
    var last = run.epochs().get(run.epochs().size() - 1).epoch();
    return new Axis("epoch", new Axis.Range(0, last, false), 40, 440, 1);
  }

  private static Axis axis(String label, double low, double high) {
    return new Axis(label, new Axis.Range(low, high, false), 260, 40);
  }

  private static Plot fractions(String description, String x, String y) {
    return new Plot(
        description,
        new Axis(x, Axis.Range.FRACTIONS, 40, 440),
        new Axis(y, Axis.Range.FRACTIONS, 360, 40));
  }
}
