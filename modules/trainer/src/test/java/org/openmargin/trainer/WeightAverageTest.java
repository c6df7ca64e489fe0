package org.openmargin.trainer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openmargin.nn.Initializer;
import org.openmargin.nn.Mode;
import org.openmargin.nn.Net;
import org.openmargin.nn.Variable;
import org.openmargin.nn.Variables;
import org.openmargin.runtime.Precision;
import org.openmargin.runtime.RuntimeSettings;
import org.openmargin.trainer.RunListener.Progress;
import org.openmargin.trainer.RunListener.Validation;
import org.openmargin.trainer.RunListener.Verdict;
import org.openmargin.trainer.optimizer.Optimizer;
import org.openmargin.trainer.optimizer.WeightAverage;
import org.tensorflow.Graph;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt64;

class WeightAverageTest {
  private static final double RATE = 0.5;
  private static final double[] GRADIENTS = {0.5, -0.25, 0.125, 2, -3, 0.01, 1, 1};

  @TempDir private Path folder;

  /** Keeps the losses and validations of a training run; stops it after a number of validations. */
  private static final class Recorder implements RunListener {
    private final List<Object> all = new ArrayList<>();
    private final int stopAfter;
    private int validations;

    Recorder(int stopAfter) {
      this.stopAfter = stopAfter;
    }

    @Override
    public void progressed(Progress p) {
      all.add(List.of(p.loss(), p.head()));
    }

    @Override
    public Verdict validated(Validation v) {
      all.add(List.of(v.trainLoss(), v.accuracy()));
      return ++validations == stopAfter ? Verdict.STOP : Verdict.GO_ON;
    }
  }

  /** The average after each step, in plain Java: weight[i] is the weight after step i. */
  private static double[] average(double first, double[] weights, double decay) {
    var average = first;
    var after = new double[weights.length];
    for (var i = 0; i < weights.length; i++) {
      var d = Math.min(decay, (1.0 + i) / (10.0 + i));
      average = d * average + (1 - d) * weights[i];
      after[i] = average;
    }
    return after;
  }

  private static double[] weights() {
    var weight = 0.8;
    var after = new double[GRADIENTS.length];
    for (var i = 0; i < after.length; i++) {
      weight -= RATE * GRADIENTS[i];
      after[i] = weight;
    }
    return after;
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.05, 0.25, 0.999})
  void weightsAndStatisticsAreAveragedAfterTheirUpdates(double decay) {
    try (var graph = new Graph();
        var session = new Session(graph)) {
      var tf = Ops.create(graph);
      var variables = new Variables(tf, 0);
      var step = tf.placeholder(TInt64.class);
      var gradient = tf.placeholder(TFloat32.class);
      var net = Net.root(tf, variables, new Mode.Training(step));
      var role = new Variable.Trained(1, true);
      var weight = variables.get("w", Shape.scalar(), role, Initializer.constant(0.8f));
      var statistic = net.statistic("s", Shape.scalar(), Initializer.constant(2));
      net.update(statistic, gradient);
      var sgd = new Optimizer.Sgd(0, false, Optimizer.Decay.NONE);
      var update = new Optimizer.Update(weight, gradient, tf.constant((float) RATE));
      var operations = new WeightAverage(sgd, decay).apply(net, List.of(update), step);
      var averages = variables.all().subList(variables.all().size() - 2, variables.all().size());
      assertThat(averages).extracting(Variable::name).containsExactly("w.average", "s.average");
      var start = session.runner();
      variables.all().forEach(v -> start.addTarget(v.initialize()));
      start.run().close();
      var ofWeights = average(0.8, weights(), decay);
      var ofStatistics = average(2, GRADIENTS, decay);
      for (var i = 0; i < GRADIENTS.length; i++) {
        try (var fedStep = TInt64.scalarOf(i);
            var fedGradient = TFloat32.scalarOf((float) GRADIENTS[i])) {
          var runner = session.runner().feed(step, fedStep).feed(gradient, fedGradient);
          operations.forEach(runner::addTarget);
          runner.run().close();
        }
        try (var result =
            session
                .runner()
                .fetch(averages.get(0).value())
                .fetch(averages.get(1).value())
                .fetch(weight.value())
                .run()) {
          assertThat(scalar(result.get(0))).isCloseTo(ofWeights[i], within(1e-6));
          assertThat(scalar(result.get(1))).isCloseTo(ofStatistics[i], within(1e-6));
          assertThat(scalar(result.get(2))).isCloseTo(weights()[i], within(1e-6));
        }
      }
    }
  }

  private static double scalar(org.tensorflow.Tensor tensor) {
    return ((TFloat32) tensor).getFloat();
  }

  private static Trainer averaging(int epochs, double decay) {
    var optimizer = new WeightAverage(Fixtures.adam(), decay);
    return Fixtures.trainer(Fixtures.settings(epochs, optimizer, 1e-2, Precision.FLOAT32));
  }

  private List<Object> train(Trainer trainer, String name, boolean resume, int stopAfter) {
    var recorder = new Recorder(stopAfter);
    trainer.train(Fixtures.cells(), folder.resolve(name), resume, List.of(recorder));
    return recorder.all;
  }

  private Checkpoint newest(String run) {
    return new Checkpoints(folder.resolve(run), 2).newest().orElseThrow();
  }

  @Test
  void aResumedRunEqualsAStraightOneBitForBit() throws IOException {
    var straight = train(averaging(2, 0.9), "straight", false, 0);
    train(averaging(2, 0.9), "resumed", false, 1);
    var resumed = train(averaging(2, 0.9), "resumed", true, 0);
    assertThat(resumed).isEqualTo(straight.subList(3, 6));
    var data = "variables.data-00000-of-00001";
    assertThat(Files.readAllBytes(newest("resumed").folder().resolve(data)))
        .isEqualTo(Files.readAllBytes(newest("straight").folder().resolve(data)));
  }

  @Test
  void averagingDoesNotChangeTheTrainingAndInferenceSeesTheAverages() {
    var plain = Fixtures.trainer(2, 1e-2);
    var data = Fixtures.cells();
    var losses = train(plain, "plain", false, 0);
    var averagedLosses = train(averaging(2, 0.9), "averaged", false, 0);
    assertThat(averagedLosses.get(0)).isEqualTo(losses.get(0));
    assertThat(averagedLosses.get(4)).isEqualTo(losses.get(4));
    try (var inference = new Inference(Fixtures.tinyNetwork(), RuntimeSettings.CPU);
        var session = new TrainSession(averaging(2, 0.9), data.train())) {
      var raw = inference.restore(newest("plain").variables()).outputs(data.train().images());
      var averaged = inference.restore(newest("averaged").variables());
      var seen = averaged.outputs(data.train().images());
      assertThat(seen.scale()).isNotEqualTo(raw.scale());
      // 8 steps of at most 0.01 that the average lags behind.
      assertThat(seen.scale()).isCloseTo(raw.scale(), within(0.1));
      assertThat(seen.logits()[0]).isNotEqualTo(raw.logits()[0]);
      session.restore(newest("averaged").variables());
      assertThat(session.read().head().scale()).isEqualTo(raw.scale());
    }
  }

  @Test
  void aCheckpointWithoutAveragesCannotBeResumedWithAveraging() {
    train(Fixtures.trainer(1, 1e-2), "run", false, 0);
    assertThatThrownBy(() -> train(averaging(2, 0.9), "run", true, 0))
        .isInstanceOf(TrainingException.class)
        .hasMessageContaining("unaveraged");
  }
}
