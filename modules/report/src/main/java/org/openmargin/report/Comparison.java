package org.openmargin.report;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.openmargin.report.plot.Axis;
import org.openmargin.report.plot.Figure;
import org.openmargin.report.plot.Plot;
import org.openmargin.scoring.metric.CurvePoint;
import org.openmargin.scoring.metric.OpenSetCurves;

/**
 * Runs side by side, one row each, with links to their reports.
 *
 * @param runs at least one
 * @param file where the page will be; links are relative to it
 */
record Comparison(List<EvaluatedRun> runs, Path file) {

  /** Whether all were evaluated on the same images and classes. */
  boolean sameTest() {
    return runs.stream().map(Comparison::test).distinct().count() == 1;
  }

  private static List<Object> test(EvaluatedRun run) {
    return List.of(
        run.provenance().getDataSha256(),
        run.evaluation().getKnownClassesList(),
        run.evaluation().getUnknownClassesList(),
        run.evaluation().getRehearsal());
  }

  /** Runs in one chart: as many as there are colours. */
  private static final int MOST_RUNS = 6;

  /** ROC, CCR-FPR and learning curves of the first runs over each other; those that exist. */
  List<Figure> figures() {
    var figures = new ArrayList<Figure>();
    var open = shown(EvaluatedRun::isOpen);
    if (!open.isEmpty()) {
      figures.add(roc(open));
      figures.add(ccrFpr(open));
    }
    var learned = shown(run -> run.epochs().size() > 1);
    if (!learned.isEmpty()) {
      figures.add(accuracy(learned));
    }
    return figures;
  }

  private List<EvaluatedRun> shown(Predicate<EvaluatedRun> has) {
    return runs.stream().filter(has).limit(MOST_RUNS).toList();
  }

  private static Figure roc(List<EvaluatedRun> runs) {
    var plot = ScorerCurves.empty("ROC curves", "known images rejected", "unknown images rejected");
    for (var i = 0; i < runs.size(); i++) {
      var scores = TestAnswer.unknownScores(runs.get(i).answers());
      plot.line("curve c" + i, name(runs, i), OpenSetCurves.roc(scores.known(), scores.unknown()));
    }
    return new Figure("roc", "ROC", "Each run by its deciding scorer", plot);
  }

  private static Figure ccrFpr(List<EvaluatedRun> runs) {
    var plot =
        ScorerCurves.empty(
            "CCR-FPR curves",
            "unknown images accepted",
            "known images accepted with the right class");
    for (var i = 0; i < runs.size(); i++) {
      var s = TestAnswer.unknownScores(runs.get(i).answers());
      plot.line(
          "curve c" + i, name(runs, i), OpenSetCurves.ccrFpr(s.known(), s.unknown(), s.correct()));
    }
    return new Figure("ccr-fpr", "CCR against FPR", "Each run by its deciding scorer", plot);
  }

  private static Figure accuracy(List<EvaluatedRun> runs) {
    var epochs = runs.stream().flatMap(run -> run.epochs().stream()).toList();
    var last = epochs.stream().mapToInt(TrainingLog.Epoch::epoch).max().orElseThrow();
    var least = epochs.stream().mapToDouble(TrainingLog.Epoch::accuracy).min().orElseThrow();
    var low = Math.min(0.9, Math.floor(10 * least) / 10);
    var plot =
        new Plot(
            "Accuracy on known validation images",
            new Axis("epoch", new Axis.Range(0, last, false), 56, 440, 1),
            new Axis("accuracy", new Axis.Range(low, 1, false), 360, 36));
    for (var i = 0; i < runs.size(); i++) {
      plot.line(
          "curve c" + i,
          name(runs, i),
          runs.get(i).epochs().stream().map(e -> new CurvePoint(e.epoch(), e.accuracy())).toList());
    }
    return new Figure("validation-accuracy", "Validation accuracy", "Known images", plot);
  }

  /** The experiment's name, with the folder's where that is not enough. */
  private static String name(List<EvaluatedRun> runs, int index) {
    var name = runs.get(index).evaluation().getExperiment();
    var alone = runs.stream().filter(r -> r.evaluation().getExperiment().equals(name)).count() == 1;
    var folder = runs.get(index).files().folder().toAbsolutePath().normalize().getFileName();
    return alone ? name : "%s, %s".formatted(folder, name);
  }

  /** A relative address if both have the same root, otherwise an absolute one. */
  String link(EvaluatedRun run) {
    var from = file.toAbsolutePath().normalize().getParent();
    var to = run.files().report().toAbsolutePath().normalize();
    if (!from.getRoot().equals(to.getRoot())) {
      return to.toUri().toString();
    }
    try {
      var path = "./" + from.relativize(to).toString().replace('\\', '/');
      return new URI(null, null, path, null).toASCIIString();
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }
}
