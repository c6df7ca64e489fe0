package org.openmargin.trainer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.openmargin.model.ResNet;
import org.openmargin.nn.OpenSetNetwork;
import org.openmargin.runtime.Precision;
import org.openmargin.runtime.RuntimeSettings;
import org.openmargin.runtime.RuntimeSettings.Kernels;
import org.tensorflow.proto.NodeDef;

class WinogradTrainingTest {
  private static final int STEPS = 4;

  /**
   * @param losses of each step
   * @param operations types of what ran
   */
  private record Training(List<Double> losses, List<String> operations) {}

  @Test
  void learnsAsWithTheDirectFormUpToRounding() {
    var direct = train(false, Precision.FLOAT32);
    var winograd = train(true, Precision.FLOAT32);
    assertThat(winograd.losses()).isNotEqualTo(direct.losses());
    for (var i = 0; i < STEPS; i++) {
      assertThat(winograd.losses().get(i))
          .isCloseTo(direct.losses().get(i), within(1e-3 * Math.abs(direct.losses().get(i))));
    }
    assertThat(direct.operations()).noneMatch(type -> type.contains("BatchMatMul"));
    assertThat(winograd.operations())
        .anyMatch(type -> type.contains("BatchMatMulV2"))
        .noneMatch(type -> type.contains("BatchMatMulV3"));
  }

  @Test
  void bfloat16IsAlwaysDirect() {
    assertThat(train(true, Precision.BFLOAT16).operations())
        .noneMatch(type -> type.contains("BatchMatMul"));
  }

  private static Training train(boolean winograd, Precision precision) {
    var tiny = Fixtures.tinyNetwork();
    var backbone = new ResNet(ResNet.Stem.SMALL_3X3, List.of(1), 64, ResNet.NORM);
    var runtime =
        new RuntimeSettings(
            RuntimeSettings.Device.CPU,
            true,
            new Kernels(false, winograd),
            RuntimeSettings.Threads.ONE,
            RuntimeSettings.Gpu.DEFAULT);
    var trainer =
        new Trainer(
            new OpenSetNetwork(tiny.input(), backbone, tiny.head()),
            Fixtures.settings(1, Fixtures.adam(), 1e-3, precision),
            runtime);
    try (var session = new TrainSession(trainer, Fixtures.cells().train())) {
      var losses = new ArrayList<Double>();
      for (var step = 0; step < STEPS; step++) {
        session.step(step, 1e-3);
        losses.add(session.read().lossSum());
      }
      var operations = Fixtures.optimisedNodes(session).stream().map(NodeDef::getOp).toList();
      return new Training(losses, operations);
    }
  }
}
