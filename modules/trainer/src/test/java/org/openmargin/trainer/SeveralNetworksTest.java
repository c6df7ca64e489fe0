package org.openmargin.trainer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.openmargin.loss.EpochPasses;
import org.openmargin.nn.Objective.Passes;
import org.openmargin.nn.Variable;
import org.openmargin.runtime.RuntimeSettings;
import org.openmargin.trainer.RunListener.Progress;
import org.openmargin.trainer.RunListener.Validation;
import org.openmargin.trainer.RunListener.Verdict;
import org.openmargin.trainer.TrainSettings.StepSettings;
import org.openmargin.trainer.rate.LearningRate;
import org.openmargin.trainer.rate.Schedule;

/** Steps that minimise several objectives, each with networks and an optimizer of its own. */
class SeveralNetworksTest {
  @TempDir Path folder;

  private List<Double> train(Trainer trainer, String name, boolean resume, int stopAfter) {
    var losses = new ArrayList<Double>();
    var listener =
        new RunListener() {
          private int validations;

          @Override
          public void progressed(Progress progress) {
            losses.add(progress.loss());
          }

          @Override
          public Verdict validated(Validation validation) {
            validations++;
            return validations == stopAfter ? Verdict.STOP : Verdict.GO_ON;
          }
        };
    trainer.train(Fixtures.cells(), folder.resolve(name), resume, List.of(listener));
    return losses;
  }

  @Test
  void aPlainLossIsOneCallOfTensorFlow() {
    try (var graph = TrainGraph.of(Fixtures.trainer(1, 1e-2), Fixtures.cells().train())) {
      assertThat(graph.targets())
          .singleElement()
          .satisfies(target -> assertThat(target.passes()).isEqualTo(Passes.EVERY));
    }
  }

  @Test
  void eachObjectiveOfArplWithConfusingSamplesChangesItsNetworkOnly() {
    try (var steps = new SingleObjectives(SeveralNetworks.ARPL_CS.trainer(2))) {
      assertThat(steps.changedBy(0)).containsExactly("discriminator");
      assertThat(steps.changedBy(1)).containsExactly("auxiliary statistics", "generator");
      assertThat(steps.changedBy(2))
          .containsExactly(
              "auxiliary norms", "auxiliary statistics", "backbone", "loss", "statistics");
      assertThat(steps.changedBy(3)).containsExactly("backbone", "loss", "statistics");
    }
  }

  @Test
  void eachObjectiveOfDiasChangesItsNetworkOnly() {
    try (var steps = new SingleObjectives(SeveralNetworks.DIAS.trainer(2))) {
      assertThat(steps.changedBy(0)).containsExactly("discriminator");
      assertThat(steps.changedBy(1)).containsExactly("auxiliary statistics", "generator");
      assertThat(steps.changedBy(2))
          .containsExactly(
              "auxiliary norms", "auxiliary statistics", "backbone", "loss", "statistics");
      assertThat(steps.changedBy(3)).containsExactly("copycat", "copycat statistics");
      assertThat(steps.changedBy(4)).containsExactly("backbone", "loss", "statistics");
    }
  }

  @Test
  void objectivesRunInTheirPasses() {
    train(SeveralNetworks.DIAS.trainer(2), "run", false, 0);
    var checkpoints = new Checkpoints(folder.resolve("run"), 2).all();
    assertThat(checkpoints).hasSize(2);
    try (var steps = new SingleObjectives(SeveralNetworks.DIAS.trainer(2))) {
      var atStart = steps.values();
      steps.restore(checkpoints.get(0).variables());
      var afterFirst = steps.values();
      steps.restore(checkpoints.get(1).variables());
      var afterSecond = steps.values();
      assertThat(SingleObjectives.changed(atStart, afterFirst))
          .contains("backbone", "generator", "discriminator")
          .doesNotContain("copycat");
      assertThat(SingleObjectives.changed(afterFirst, afterSecond))
          .contains("backbone", "copycat")
          .doesNotContain("generator", "discriminator", "auxiliary norms");
    }
  }

  /** The same steps with the same weights; only rate and validations are counted in epochs. */
  @Test
  void oneEpochOfBothPassesIsTwoThatAlternate() throws IOException {
    var passes = EpochPasses.BOTH;
    var both = SeveralNetworks.DIAS.trainer(1, passes);
    assertThat(both.stepsPerEpoch(Fixtures.cells().train()))
        .isEqualTo(2 * SeveralNetworks.DIAS.trainer(2).stepsPerEpoch(Fixtures.cells().train()));
    train(constant(both), "both", false, 0);
    train(constant(SeveralNetworks.DIAS.trainer(2)), "alternating", false, 0);
    assertThat(Files.readAllBytes(data("both"))).isEqualTo(Files.readAllBytes(data("alternating")));
  }

  private static Trainer constant(Trainer trainer) {
    var step = trainer.settings().step();
    var rate = new LearningRate(1e-2, new Schedule.Constant(), 0);
    var same = new StepSettings(step.optimizer(), rate, 0, step.augmentation(), step.precision());
    var settings = trainer.settings();
    return new Trainer(
        trainer.network(),
        new TrainSettings(
            settings.epochs(), settings.batchSize(), settings.seed(), same, settings.keeping()),
        trainer.runtime());
  }

  @Test
  void adamCorrectsItsMeansByTheUpdatesOfTheNetworkItself() {
    try (var steps = new SingleObjectives(SeveralNetworks.DIAS.trainer(2))) {
      var before = steps.values();
      // The copycat's first turn: the first step of the second epoch, of two steps each.
      steps.run(3, 2);
      var after = steps.values();
      var largest =
          before.keySet().stream()
              .filter(name -> SingleObjectives.kind(name).equals("copycat"))
              .flatMapToDouble(
                  name ->
                      IntStream.range(0, before.get(name).length)
                          .mapToDouble(i -> Math.abs(after.get(name)[i] - before.get(name)[i])))
              .max();
      // A first update of Adam changes each weight by the learning rate, whatever its gradient.
      assertThat(largest.getAsDouble()).isCloseTo(SingleObjectives.RATE, withinPercentage(0.1));
    }
  }

  @ParameterizedTest
  @EnumSource
  void aResumedRunEqualsAStraightOneBitForBit(SeveralNetworks method) throws IOException {
    var straight = train(method.trainer(3), "straight", false, 0);
    train(method.trainer(3), "resumed", false, 1);
    var resumed = train(method.trainer(3), "resumed", true, 0);
    assertThat(resumed).isEqualTo(straight.subList(2, 6)).allMatch(Double::isFinite);
    assertThat(Files.readAllBytes(data("resumed"))).isEqualTo(Files.readAllBytes(data("straight")));
  }

  private Path data(String run) {
    var newest = new Checkpoints(folder.resolve(run), 2).newest().orElseThrow();
    return newest.folder().resolve("variables.data-00000-of-00001");
  }

  @ParameterizedTest
  @EnumSource
  void aTrainingLearnsAndInferenceTakesItsPartOfTheCheckpoint(SeveralNetworks method) {
    var trainer = method.trainer(10);
    var losses = train(trainer, "run", false, 0);
    assertThat(losses.get(losses.size() - 1)).isLessThan(0.8 * losses.get(0));
    var newest = new Checkpoints(folder.resolve("run"), 2).newest().orElseThrow();
    var data = Fixtures.cells();
    try (var inference = new Inference(trainer.network(), RuntimeSettings.CPU);
        var graph = TrainGraph.of(trainer, data.train())) {
      var outputs = inference.restore(newest.variables()).outputs(data.validation().images());
      assertThat(outputs.logits()[0]).hasSize(3);
      assertThat(graph.variables().all())
          .extracting(Variable::name)
          .contains(
              "generator.layer0.kernel.adam_mean",
              "discriminator.dense.weights.adam_square",
              "backbone.stem.norm.auxiliary.scale.adam_mean");
    }
  }
}
