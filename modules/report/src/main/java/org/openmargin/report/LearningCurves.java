package org.openmargin.report;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.openmargin.config.v1.EvaluationReport.Checkpoint;
import org.openmargin.report.plot.Axis;
import org.openmargin.report.plot.Figure;
import org.openmargin.report.plot.Plot;
import org.openmargin.scoring.metric.CurvePoint;

/**
 * What was measured during training, over its epochs; no test image is involved.
 *
 * @param checkpoint the one that was evaluated
 */
record LearningCurves(TrainingLog log, Checkpoint checkpoint) {
  /** Rates that span more than this factor are on a logarithmic axis. */
  private static final double WIDE = 20;

  /** Those that were recorded; none for a training of one epoch. */
  List<Figure> figures() {
    var figures = new ArrayList<Figure>();
    if (log.epochs().size() > 1) {
      figures.add(new Figure("loss", "Loss", "", loss()));
      figures.add(new Figure("validation-accuracy", "Validation accuracy", "", accuracy()));
      var rate = steps(TrainingLog.Step::rate);
      if (rate.size() > 1) {
        figures.add(new Figure("learning-rate", "Learning rate", "", plot("learning rate", rate)));
      }
      var scale = steps(TrainingLog.Step::scale);
      if (scale.size() > 1) {
        figures.add(new Figure("scale", "Scale of the logits", "", plot("scale", scale)));
      }
    }
    return figures;
  }

  private Plot loss() {
    var training = epochs(e -> OptionalDouble.of(e.loss()));
    var validation = epochs(TrainingLog.Epoch::validationLoss);
    var highest =
        Stream.concat(training.stream(), validation.stream())
            .collect(Collectors.summarizingDouble(CurvePoint::rate));
    var low = Math.min(0, highest.getMin());
    var high = Math.max(low + 1.08 * (highest.getMax() - low), low + 1e-6);
    var plot =
        new Plot("Loss of each epoch", epochAxis(), axis("mean loss", low, high))
            .line("curve c0", "training images", training);
    return validation.isEmpty()
        ? plot
        : plot.line("curve c1", "known validation images", validation);
  }

  private Plot accuracy() {
    var points = epochs(e -> OptionalDouble.of(e.accuracy()));
    var least = points.stream().mapToDouble(CurvePoint::rate).min().orElseThrow();
    var low = Math.min(0.9, Math.floor(10 * least) / 10);
    return new Plot(
            "Accuracy on known validation images after each epoch",
            epochAxis(),
            axis("accuracy", low, 1))
        .line("curve c0", "known validation images", points)
        .dot(
            "evaluated checkpoint",
            new CurvePoint(checkpoint.getEpoch(), checkpoint.getValidationAcc()));
  }

  private Plot plot(String name, List<CurvePoint> points) {
    var values = points.stream().collect(Collectors.summarizingDouble(CurvePoint::rate));
    var range =
        values.getMin() > 0 && values.getMax() > WIDE * values.getMin()
            ? new Axis.Range(values.getMin() / 1.5, values.getMax() * 1.5, true)
            : linear(values.getMin(), values.getMax());
    return new Plot(name + " during training", epochAxis(), new Axis(name, range, 260, 36))
        .line("curve c0", name, points);
  }

  private static Axis.Range linear(double least, double most) {
    var space = most > least ? 0.08 * (most - least) : Math.max(1e-9, 0.1 * Math.abs(most));
    return new Axis.Range(
        least >= 0 ? Math.max(0, least - space) : least - space, most + space, false);
  }

  private List<CurvePoint> epochs(Function<TrainingLog.Epoch, OptionalDouble> figure) {
    return log.epochs().stream()
        .filter(epoch -> figure.apply(epoch).isPresent())
        .map(epoch -> new CurvePoint(epoch.epoch(), figure.apply(epoch).getAsDouble()))
        .toList();
  }

  /** Steps at fractions of epochs; empty if the length of an epoch was not recorded. */
  private List<CurvePoint> steps(Function<TrainingLog.Step, OptionalDouble> figure) {
    var last = log.epochs().get(log.epochs().size() - 1);
    return log.steps().stream()
        .filter(step -> last.step() > 0 && figure.apply(step).isPresent())
        .map(
            step ->
                new CurvePoint(
                    (double) step.step() * last.epoch() / last.step(),
                    figure.apply(step).getAsDouble()))
        .toList();
  }

  private Axis epochAxis() {
    var last = log.epochs().get(log.epochs().size() - 1).epoch();
    return new Axis("epoch", new Axis.Range(0, last, false), 72, 440, 1);
  }

  private static Axis axis(String label, double low, double high) {
    return new Axis(label, new Axis.Range(low, high, false), 260, 36);
  }
}
