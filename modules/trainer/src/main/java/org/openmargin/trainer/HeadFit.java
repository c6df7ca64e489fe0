package org.openmargin.trainer;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.concurrent.atomic.AtomicReference;
import org.openmargin.data.TrainingData;
import org.openmargin.nn.Features;
import org.openmargin.nn.FittedHead;
import org.openmargin.nn.OpenSetNetwork;
import org.openmargin.nn.Variable;
import org.openmargin.nn.Views;
import org.openmargin.trainer.Checkpoint.Best;
import org.openmargin.trainer.RunListener.Position;

/**
 * Trains a network whose head is fitted in closed form: one pass over the unaugmented training
 * images, then one checkpoint, as after a training of one epoch of one step.
 */
record HeadFit(Trainer trainer, FittedHead head, Checkpoints checkpoints) {
  private static final Position END = new Position(1, 1, 1, 1);

  Trainer.Outcome run(TrainingData data, List<RunListener> listeners) {
    var began = System.nanoTime();
    var network = trainer.network().with(Views.SINGLE).with(Features.NONE);
    try (var inference = new Inference(network, trainer.runtime())) {
      requireHeadOnly(inference.model());
      var before = checkpoints.newest();
      var done = before.isPresent() ? 1 : 0;
      var weights = inference.model().stream().mapToLong(Variable::size).sum();
      var start = new RunListener.Start(1, 1, done, weights);
      listeners.forEach(listener -> listener.started(start));
      var newest = before.orElseGet(() -> fit(inference, data, listeners));
      var seconds = (System.nanoTime() - began) * 1e-9;
      var imagesPerSecond = (1 - done) * data.train().count() / Math.max(seconds, 1e-9);
      var now = System.currentTimeMillis();
      return new Trainer.Outcome(
          newest, 1 - done, seconds, imagesPerSecond, 0, now, Trainer.End.COMPLETE);
    }
  }

  private static void requireHeadOnly(List<Variable> model) {
    for (var variable : model) {
      if (!variable.name().startsWith(OpenSetNetwork.headVariable(""))) {
        throw new TrainingException(
            "the backbone has weights, such as %s, but %s; use a backbone without weights"
                .formatted(variable.name(), FittedHead.NO_STEPS));
      }
    }
  }

  private Checkpoint fit(Inference inference, TrainingData data, List<RunListener> listeners) {
    var fit = head.fit(embeddings(inference, data), data.train().labels());
    requireFinite(fit);
    var measured = new AtomicReference<RunListener.Validation>();
    var checkpoint =
        checkpoints.write(
            1,
            folder -> {
              inference.save(named(fit), Checkpoint.variables(folder));
              var measures = ValidationMeasures.of(inference, data, Checkpoint.variables(folder));
              measured.set(validation(fit, measures));
              listeners.forEach(listener -> listener.measured(measured.get()));
              listeners.forEach(listener -> listener.inspected(END, measures.inspection()));
              return state(measures.accuracy());
            });
    listeners.forEach(listener -> listener.validated(measured.get()));
    return checkpoint;
  }

  private static Map<String, float[]> named(FittedHead.Fit fit) {
    var named = new HashMap<String, float[]>();
    fit.values().forEach((name, values) -> named.put(OpenSetNetwork.headVariable(name), values));
    return named;
  }

  private static float[][] embeddings(Inference inference, TrainingData data) {
    inference.initialize();
    var embeddings = inference.outputs(data.train().images()).embeddings();
    for (var row = 0; row < embeddings.length; row++) {
      for (var value : embeddings[row]) {
        if (!Float.isFinite(value)) {
          throw new TrainingException(
              "the embedding of training image %d holds %s; embeddings must be finite"
                  .formatted(row, value));
        }
      }
    }
    return embeddings;
  }

  private static void requireFinite(FittedHead.Fit fit) {
    fit.values()
        .forEach(
            (name, values) -> {
              for (var value : values) {
                if (!Float.isFinite(value)) {
                  throw new TrainingException("the fitted head holds " + value + " in " + name);
                }
              }
            });
  }

  private static Checkpoint.State state(double accuracy) {
    return new Checkpoint.State(1, 1, accuracy, Best.NONE.or(1, accuracy), Checkpoint.Losses.NONE);
  }

  private static RunListener.Validation validation(
      FittedHead.Fit fit, ValidationMeasures measures) {
    var head = new RunListener.Head(1, OptionalDouble.empty());
    return new RunListener.Validation(
        END, fit.loss(), measures.loss(), measures.accuracy(), head, true);
  }
}
