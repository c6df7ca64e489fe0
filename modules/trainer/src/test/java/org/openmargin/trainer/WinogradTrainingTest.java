package org.openmargin.trainer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.openmargin.model.ResNet;
import org.openmargin.nn.OpenSetNetwork;
import org.openmargin.runtime.Machine;
import org.openmargin.runtime.Precision;
import org.openmargin.runtime.RuntimeSettings;
import org.openmargin.runtime.RuntimeSettings.Kernels;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.NodeDef;

class WinogradTrainingTest {
  private static final int STEPS = 4;

  /**
   * @param losses of each step
   * @param nodes what ran
   */
  private record Training(List<Double> losses, List<NodeDef> nodes) {
    private List<String> operations() {
      return nodes.stream().map(NodeDef::getOp).toList();
    }

    /** What operations of a kind compute in. */
    private List<DataType> types(String kind) {
      return nodes.stream()
          .filter(node -> node.getOp().contains(kind))
          .map(node -> node.getAttrOrThrow("T").getType())
          .toList();
    }
  }

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
  void bfloat16IsDirectOnAllButTheSmallestMaps() {
    assertThat(train(true, Precision.BFLOAT16).operations())
        .noneMatch(type -> type.contains("BatchMatMul"));
  }

  /** The second block has maps of 8 x 8; in bfloat16, a factor of 1 may be off by 1/256. */
  @Test
  void theSmallestMapsStayInFloat32AmongBfloat16() {
    assumeTrue(Machine.current().hasBfloat16(), "the processor has no bfloat16");
    var exact = train(false, Precision.FLOAT32, List.of(1, 1));
    var mixed = train(true, Precision.BFLOAT16, List.of(1, 1));
    for (var i = 0; i < STEPS; i++) {
      assertThat(mixed.losses().get(i))
          .isCloseTo(exact.losses().get(i), within(0.05 * Math.abs(exact.losses().get(i))));
    }
    assertThat(mixed.types("BatchMatMul")).isNotEmpty().containsOnly(DataType.DT_FLOAT);
    assertThat(mixed.types("Conv2D")).isNotEmpty().containsOnly(DataType.DT_BFLOAT16);
  }

  private static Training train(boolean winograd, Precision precision) {
    return train(winograd, precision, List.of(1));
  }

  private static Training train(boolean winograd, Precision precision, List<Integer> blocks) {
    var tiny = Fixtures.tinyNetwork();
    var backbone = new ResNet(ResNet.Stem.SMALL_3X3, blocks, 64, ResNet.NORM);
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
      return new Training(losses, Fixtures.optimisedNodes(session));
    }
  }
}
