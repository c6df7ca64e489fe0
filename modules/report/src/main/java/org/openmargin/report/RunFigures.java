package org.openmargin.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import org.openmargin.report.plot.Axis;
import org.openmargin.report.plot.Figure;
import org.openmargin.report.plot.Numbers;
import org.openmargin.report.plot.Plot;
import org.openmargin.report.plot.ScoreHistogram;
import org.openmargin.scoring.UnknownScores;
import org.openmargin.scoring.metric.CurvePoint;
import org.openmargin.scoring.metric.Metric;
import org.openmargin.scoring.metric.OpenSetCurves;
import org.openmargin.scoring.metric.Reliability;

/** Every figure of a run's page. Their numbers are those of evaluation.json. */
record RunFigures(EvaluatedRun run) {
  private static final int WIDE = 960;
  private static final int NARROW = 460;

  /** Curves in one plot. */
  private static final int MOST_SCORERS = 4;

  /** All figures that the run has, each once. */
  List<Figure> all() {
    var figures = new ArrayList<Figure>();
    figures.add(new Figure("scores", "Separation of known and unknown", "", histogram(WIDE)));
    figures.addAll(curves());
    figures.addAll(trust());
    figures.addAll(learning());
    return figures;
  }

  Plot wideHistogram() {
    return histogram(WIDE);
  }

  Plot narrowHistogram() {
    return histogram(NARROW);
  }

  private Plot histogram(int width) {
    return new ScoreHistogram(
            TestAnswer.unknownScores(run.answers()), run.threshold().getThreshold(), width)
        .plot(run.evaluation().getSelectedScorer());
  }

  List<Figure> learning() {
    return new LearningCurves(run.training(), run.evaluation().getCheckpoint()).figures();
  }

  /** How far probabilities and scores can be trusted. */
  List<Figure> trust() {
    return Stream.concat(reliability().stream(), Stream.of(riskCoverage())).toList();
  }

  /** ROC and CCR-FPR curves; empty without unknown images. */
  List<Figure> curves() {
    return run.measuresUnknown() ? List.of(roc(), ccrFpr()) : List.of();
  }

  private Figure roc() {
    var decision = run.evaluation().getDecision();
    var plot =
        fractions("ROC curves", "known images rejected", "unknown images rejected")
            .guide("chance", List.of(new CurvePoint(0, 0), new CurvePoint(1, 1)));
    overlay(plot, Metric.AUROC, s -> OpenSetCurves.roc(s.known(), s.unknown()));
    return new Figure(
        "roc",
        "ROC",
        "",
        plot.dot(
            "at the threshold",
            new CurvePoint(decision.getKnownRejectionRate(), decision.getUnknownRejectionRate())));
  }

  private Figure ccrFpr() {
    var acc = run.evaluation().getAcc();
    var right = run.answers().stream().filter(TestAnswer::isAcceptedAndRight).count();
    var plot =
        fractions(
            "CCR-FPR curves",
            "unknown images accepted",
            "known images accepted with the right class");
    overlay(
        plot, Metric.OSCR, s -> OpenSetCurves.ccrFpr(s.known(), s.unknown(), s.correct()));
    plot.line(
        "chance",
        "ACC " + Numbers.percent(acc),
        List.of(new CurvePoint(0, acc), new CurvePoint(1, acc)));
    var known = run.evaluation().getCounts().getKnownTest();
    var accepted = 1 - run.evaluation().getDecision().getUnknownRejectionRate();
    return new Figure(
        "ccr-fpr",
        "CCR against FPR",
        "",
        plot.dot("at the threshold", new CurvePoint(accepted, (double) right / known)));
  }

  /** Risk of wrong answers among accepted images; unknown images count as failures. */
  private Figure riskCoverage() {
    var metric = run.measuresUnknown() ? Metric.AURC : Metric.AURC_KNOWN;
    var plot =
        fractions(
            "Risk-coverage curves", "images accepted", "wrong among the accepted");
    overlay(plot, metric, OpenSetCurves::riskCoverage);
    return new Figure(
        "risk-coverage",
        "Risk against coverage",
        run.measuresUnknown()
            ? "Accepting an unknown image counts as wrong; the area is AURC"
            : "Known test images only; the area is AURC",
        plot);
  }

  private interface Course {
    List<CurvePoint> of(UnknownScores scores);
  }

  private void overlay(Plot plot, Metric metric, Course course) {
    var names = run.comparedScorers(MOST_SCORERS);
    for (var i = 0; i < names.size(); i++) {
      var name = names.get(i);
      var figure = value(name, metric);
      plot.line(
          "curve c" + i,
          figure.isPresent()
              ? "%s, %s %s".formatted(name, metric.label(), Numbers.perCent(figure))
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

  /** Empty if predictions.csv has no logits. */
  private Optional<Figure> reliability() {
    return run.columns().ofKnown(run.answers()).map(this::reliability);
  }

  private Figure reliability(double[] probabilities) {
    var bins = Reliability.of(probabilities, TestAnswer.correct(run.answers())).bins();
    var plot =
        fractions("Reliability diagram", "probability of the predicted class", "share that is right");
    plot.bars(
        "known",
        "known test images, in bins",
        bins.stream()
            .map(b -> new Plot.Bar(b.low(), b.high(), new CurvePoint(b.confidence(), b.accuracy())))
            .toList());
    plot.line("chance", "as right as probable", List.of(new CurvePoint(0, 0), new CurvePoint(1, 1)));
    return new Figure(
        "reliability",
        "Reliability",
        "ECE %s: the mean distance between the two axes, on known test images"
            .formatted(Numbers.percent(run.evaluation().getEce())),
        plot);
  }


  private static Plot fractions(String description, String x, String y) {
    return new Plot(
        description,
        new Axis(x, Axis.Range.FRACTIONS, 56, 440),
        new Axis(y, Axis.Range.FRACTIONS, 360, 36));
  }
}
