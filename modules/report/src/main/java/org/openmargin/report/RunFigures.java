package org.openmargin.report;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.openmargin.files.FileErrors;
import org.openmargin.report.plot.EmbeddingPlot;
import org.openmargin.report.plot.Figure;
import org.openmargin.report.plot.Numbers;
import org.openmargin.report.plot.Plot;
import org.openmargin.report.plot.ScoreHistogram;
import org.openmargin.report.plot.ThresholdSlider;
import org.openmargin.scoring.metric.CurvePoint;
import org.openmargin.scoring.metric.Reliability;

/** Every figure of a run's page. Their numbers are those of evaluation.json. */
record RunFigures(EvaluatedRun run) {
  private static final int WIDE = 960;
  private static final int NARROW = 460;

  /** All charts that the run has, each once. */
  List<Figure> all() {
    var figures = new ArrayList<Figure>();
    figures.add(scores());
    figures.addAll(curves());
    figures.addAll(trust());
    figures.addAll(learning());
    return figures;
  }

  /** The histogram of the deciding scorer. */
  Figure scores() {
    return new Figure("scores", "Separation of known and unknown", "", wideHistogram());
  }

  Plot wideHistogram() {
    return histogram(WIDE).plot(run.evaluation().getSelectedScorer());
  }

  Plot narrowHistogram() {
    return histogram(NARROW).plot(run.evaluation().getSelectedScorer());
  }

  ThresholdSlider slider() {
    return histogram(WIDE).slider();
  }

  private ScoreHistogram histogram(int width) {
    return new ScoreHistogram(
        TestAnswer.unknownScores(run.answers()), run.threshold().getThreshold(), width);
  }

  /** ROC and CCR-FPR curves; empty without unknown images. */
  List<Figure> curves() {
    var curves = new ScorerCurves(run);
    return run.isOpen() ? List.of(curves.roc(), curves.ccrFpr()) : List.of();
  }

  /** How far probabilities and scores can be trusted. */
  List<Figure> trust() {
    return Stream.concat(
            run.columns().ofKnown(run.answers()).map(this::reliability).stream(),
            Stream.of(new ScorerCurves(run).riskCoverage()))
        .toList();
  }

  private Figure reliability(double[] probabilities) {
    var plot =
        ScorerCurves.empty(
            "Reliability diagram", "probability of the predicted class", "share that is right");
    plot.bars(
        "known",
        "known test images, in bins",
        Reliability.of(probabilities, TestAnswer.correct(run.answers())).bins().stream()
            .map(b -> new Plot.Bar(b.low(), b.high(), new CurvePoint(b.confidence(), b.accuracy())))
            .toList());
    plot.line(
        "chance", "as right as probable", List.of(new CurvePoint(0, 0), new CurvePoint(1, 1)));
    var ece = Numbers.percent(run.evaluation().getEce());
    var note = "ECE %s: mean distance from the diagonal, on known test images".formatted(ece);
    return new Figure("reliability", "Reliability", note, plot);
  }

  List<Figure> learning() {
    return new LearningCurves(run.training(), run.evaluation().getCheckpoint()).figures();
  }

  /**
   * The map of embeddings; empty if the run has none.
   *
   * @throws ReportException if it is damaged
   */
  Optional<EmbeddingPlot> map() {
    return run.files().mapPoints().map(this::map);
  }

  private EmbeddingPlot map(Path file) {
    try {
      return EmbeddingPlot.read(file);
    } catch (IOException e) {
      throw new ReportException(file + " cannot be read: " + FileErrors.reason(e), e);
    } catch (IllegalArgumentException e) {
      throw new ReportException(
          "%s is damaged: %s; make the map again: Experiment.open(\"%s\").map()"
              .formatted(file, e.getMessage(), run.files().folder()),
          e);
    }
  }
}
