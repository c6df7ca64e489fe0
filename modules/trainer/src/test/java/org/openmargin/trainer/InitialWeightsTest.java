package org.openmargin.trainer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openmargin.model.ResNet;
import org.openmargin.nn.Net.Tuning;
import org.openmargin.nn.OpenSetNetwork;
import org.openmargin.nn.TunedBackbone;
import org.openmargin.runtime.Precision;
import org.openmargin.runtime.RuntimeSettings;
import org.openmargin.trainer.optimizer.Optimizer;
import org.openmargin.trainer.optimizer.WeightAverage;
import org.openmargin.trainer.weights.InitialWeights;
import org.openmargin.trainer.weights.WeightsException;

/** Weights of one training as the start of another, wholly or partly trained. */
class InitialWeightsTest {
  @TempDir Path folder;

  private Path trained() {
    return trained(Fixtures.trainer(1, 1e-2), "first");
  }

  private Path trained(Trainer trainer, String name) {
    return trainer
        .train(Fixtures.cells(), folder.resolve(name), false, List.of())
        .newest()
        .variables();
  }

  private static Map<String, float[]> backbone(Path variables) {
    var values = InitialWeights.ofVariables(variables);
    var byName = new HashMap<String, float[]>();
    values
        .of(Inference.variables(Fixtures.tinyNetwork()))
        .forEach((variable, elements) -> byName.put(variable.name(), elements));
    return byName;
  }

  private static float[][] embeddings(Path variables) {
    try (var inference = new Inference(Fixtures.tinyNetwork(), RuntimeSettings.DETERMINISTIC_CPU)) {
      return inference.restore(variables).outputs(Fixtures.cells().train().images()).embeddings();
    }
  }

  private static Trainer tuned(List<Double> factors, Optimizer optimizer) {
    var whole = Fixtures.tinyNetwork();
    var backbone =
        new TunedBackbone(
            ResNet.tiny(ResNet.Stem.SMALL_3X3, ResNet.NORM),
            factors.stream().map(Tuning::new).toList());
    return new Trainer(
        new OpenSetNetwork(whole.input(), backbone, whole.head()),
        Fixtures.settings(1, optimizer, 1e-2, Precision.FLOAT32),
        RuntimeSettings.DETERMINISTIC_CPU);
  }

  @Test
  void aFrozenBackboneKeepsTheEmbeddingsItStartedFrom() {
    var first = trained();
    var start = backbone(first);
    var trainer = tuned(List.of(0.0, 0.0, 0.0, 0.0), Fixtures.adam()).startingFrom(start);
    var second = trained(trainer, "second");
    assertThat(embeddings(second)).isDeepEqualTo(embeddings(first));
    assertThat(backbone(second)).containsOnlyKeys(start.keySet());
    backbone(second).forEach((name, values) -> assertThat(values).isEqualTo(start.get(name)));
  }

  @Test
  void onlyFrozenStagesStayAsTheyAre() {
    var start = backbone(trained());
    var trainer = tuned(List.of(0.0, 1.0, 0.0, 1.0), Fixtures.adam()).startingFrom(start);
    backbone(trained(trainer, "second"))
        .forEach(
            (name, values) -> {
              var frozen = name.startsWith("backbone.stem.") || name.startsWith("backbone.stage1.");
              assertThat(Arrays.equals(values, start.get(name))).as(name).isEqualTo(frozen);
            });
  }

  @Test
  void withoutMomentumHalfTheRateIsHalfTheStep() {
    var sgd = new Optimizer.Sgd(0, false, Optimizer.Decay.NONE);
    var start = backbone(trained());
    var whole = oneStep(tuned(List.of(1.0, 1.0, 1.0, 1.0), sgd).startingFrom(start), "whole");
    var half = oneStep(tuned(List.of(1.0, 0.5, 1.0, 1.0), sgd).startingFrom(start), "half");
    var name = "backbone.stage0.block0.conv1.kernel";
    for (var i = 0; i < start.get(name).length; i++) {
      var step = whole.get(name)[i] - start.get(name)[i];
      assertThat(half.get(name)[i] - start.get(name)[i]).isCloseTo(step / 2, within(1e-6f));
    }
    assertThat(half.get("backbone.stem.kernel")).isEqualTo(whole.get("backbone.stem.kernel"));
    assertThat(whole.get(name)).isNotEqualTo(start.get(name));
  }

  private Map<String, float[]> oneStep(Trainer trainer, String name) {
    var prefix = folder.resolve(name);
    try (var session = new TrainSession(trainer, Fixtures.cells().train())) {
      session.step(0, 1e-2);
      session.save(prefix);
    }
    return backbone(prefix);
  }

  @Test
  void anAverageStartsFromTheSameWeights() {
    var start = backbone(trained());
    var averaged = new WeightAverage(Fixtures.adam(), 0.9);
    var trainer = tuned(List.of(1.0, 1.0, 1.0, 1.0), averaged).startingFrom(start);
    var prefix = folder.resolve("averaged");
    try (var session = new TrainSession(trainer, Fixtures.cells().train())) {
      session.save(prefix);
    }
    backbone(prefix).forEach((name, values) -> assertThat(values).isEqualTo(start.get(name)));
  }

  @Test
  void changedBytesAreNoticed() throws IOException {
    var variables = trained();
    var data = variables.resolveSibling("variables.data-00000-of-00001");
    var bytes = Files.readAllBytes(data);
    for (var i = 0; i < bytes.length; i += 64) {
      bytes[i] ^= 1;
    }
    Files.write(data, bytes);
    assertThatThrownBy(() -> backbone(variables))
        .isInstanceOf(WeightsException.class)
        .hasMessageContaining("is damaged: a tensor does not have its checksum");
  }

  @Test
  void aCutIndexIsRefused() throws IOException {
    var variables = trained();
    var index = variables.resolveSibling("variables.index");
    var whole = Files.readAllBytes(index);
    for (var size : List.of(0, 7, 47, 48, whole.length / 2, whole.length - 1)) {
      Files.write(index, Arrays.copyOf(whole, size));
      assertThatThrownBy(() -> InitialWeights.ofVariables(variables))
          .isInstanceOf(WeightsException.class)
          .hasMessageContaining("is damaged: it is no index of a checkpoint");
    }
  }

  @Test
  void anotherBackboneIsRefusedWithEveryMisfit() {
    var variables = InitialWeights.ofVariables(trained());
    var tiny = Fixtures.tinyNetwork();
    var wider =
        new OpenSetNetwork(
            tiny.input(),
            new ResNet(ResNet.Stem.POOLED_7X7, List.of(1, 1), 8, ResNet.NORM),
            tiny.head());
    assertThatThrownBy(() -> variables.of(Inference.variables(wider)))
        .isInstanceOf(WeightsException.class)
        .hasMessageContaining("does not fit the backbone:")
        .hasMessageContaining("backbone.stem.kernel: has shape [3, 3, 3, 8], must be [7, 7, 3, 8]")
        .hasMessageContaining(
            "backbone.stage2.block0.conv1.kernel: the backbone has no place for it");
  }
}
