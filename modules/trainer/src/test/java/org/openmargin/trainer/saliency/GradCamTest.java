package org.openmargin.trainer.saliency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openmargin.data.Images;
import org.openmargin.model.ResNet;
import org.openmargin.nn.Backbone;
import org.openmargin.nn.InputFormat;
import org.openmargin.nn.Net;
import org.openmargin.nn.OpenSetNetwork;
import org.openmargin.nn.StagedBackbone;
import org.openmargin.runtime.Precision;
import org.openmargin.runtime.RuntimeSettings;
import org.openmargin.trainer.Checkpoint;
import org.openmargin.trainer.Fixtures;
import org.openmargin.trainer.Inference;
import org.tensorflow.Operand;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.StdArrays;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.TUint8;

class GradCamTest {
  @TempDir Path folder;

  private static final RuntimeSettings CPU = RuntimeSettings.DETERMINISTIC_CPU;
  private static final OpenSetNetwork NETWORK = Fixtures.trainer(2, 0.01).network();

  private Path trained() {
    var trainer = Fixtures.trainer(2, 0.01);
    return trainer.train(Fixtures.cells(), folder, false, List.of()).newest().variables();
  }

  private static Images images(int count) {
    return Fixtures.cells().train().images().range(0, count);
  }

  /**
   * Feeds the map itself: {@code sum_ij dy/dA_ijk} is the derivative of y when all of channel k
   * moves.
   */
  @Test
  void heatIsTheMapWeightedByFiniteDifferencesOfTheLogit() {
    var variables = trained();
    var image = images(1);
    try (var graph = GradCamGraph.of(NETWORK, (StagedBackbone) NETWORK.backbone());
        var session = new Session(graph.graph(), CPU.sessionConfig(Precision.FLOAT32))) {
      Checkpoint.restore(graph.file(), session, variables);
      var hottest = 0.0;
      for (var label = 0; label < 3; label++) {
        var map =
            StdArrays.array4dCopyOf(fetched(graph, session, graph.found().map(), image, label));
        var heat =
            StdArrays.array3dCopyOf(fetched(graph, session, graph.found().heat(), image, label));
        assertThat(heat[0]).hasDimensions(map[0].length, map[0][0].length);
        var expected = expected(graph, session, map, label);
        for (var y = 0; y < heat[0].length; y++) {
          for (var x = 0; x < heat[0][0].length; x++) {
            assertThat((double) heat[0][y][x]).isCloseTo(expected[y][x], within(5e-3));
            hottest = Math.max(hottest, heat[0][y][x]);
          }
        }
      }
      assertThat(hottest).isGreaterThan(0.05);
    }
  }

  private static double[][] expected(
      GradCamGraph graph, Session session, float[][][][] map, int label) {
    var height = map[0].length;
    var width = map[0][0].length;
    var channels = map[0][0][0].length;
    var sum = new double[height][width];
    for (var k = 0; k < channels; k++) {
      var step = 1e-2f;
      var slope =
          (logit(graph, session, moved(map, k, step), label)
                  - logit(graph, session, moved(map, k, -step), label))
              / (2 * step);
      for (var y = 0; y < height; y++) {
        for (var x = 0; x < width; x++) {
          sum[y][x] += slope / (height * width) * map[0][y][x][k];
        }
      }
    }
    for (var row : sum) {
      Arrays.setAll(row, x -> Math.max(0, row[x]));
    }
    return sum;
  }

  private static float[][][][] moved(float[][][][] map, int channel, float step) {
    var result = new float[1][map[0].length][map[0][0].length][];
    for (var y = 0; y < map[0].length; y++) {
      for (var x = 0; x < map[0][0].length; x++) {
        result[0][y][x] = map[0][y][x].clone();
        result[0][y][x][channel] += step;
      }
    }
    return result;
  }

  private static double logit(GradCamGraph graph, Session session, float[][][][] map, int label) {
    try (var fed = TFloat32.tensorOf(StdArrays.ndCopyOf(map));
        var classes = TInt32.vectorOf(label);
        var result =
            session
                .runner()
                .feed(graph.found().map(), fed)
                .feed(graph.classes(), classes)
                .fetch(graph.found().logits())
                .run()) {
      return ((TFloat32) result.get(0)).getFloat(0);
    }
  }

  private static TFloat32 fetched(
      GradCamGraph graph, Session session, Operand<TFloat32> wanted, Images image, int label) {
    var bytes = new byte[image.bytesPerImage()];
    image.copyTo(0, bytes, 0);
    try (var pixels = TUint8.tensorOf(Shape.of(1, 16, 16, 3), DataBuffers.of(bytes));
        var classes = TInt32.vectorOf(label)) {
      return (TFloat32)
          session
              .runner()
              .feed(graph.pixels(), pixels)
              .feed(graph.classes(), classes)
              .fetch(wanted)
              .run()
              .get(0);
    }
  }

  @Test
  void theLogitIsThatOfInferenceAndEveryMapIsScaledToOne() {
    var variables = trained();
    var images = images(70);
    try (var gradCam = GradCam.of(NETWORK, CPU, variables).orElseThrow();
        var inference = new Inference(NETWORK, CPU).restore(variables);
        var graph = GradCamGraph.of(NETWORK, (StagedBackbone) NETWORK.backbone());
        var session = new Session(graph.graph(), CPU.sessionConfig(Precision.FLOAT32))) {
      Checkpoint.restore(graph.file(), session, variables);
      var logits = inference.outputs(images).logits();
      for (var label = 0; label < 3; label++) {
        assertThat(
                fetched(graph, session, graph.found().logits(), images.range(3, 1), label)
                    .getFloat(0))
            .isCloseTo(logits[3][label], within(1e-4f));
      }
      var classes = new int[70];
      Arrays.setAll(classes, i -> i % 3);
      var maps = gradCam.maps(images, classes);
      assertThat(maps.length).isEqualTo(70);
      for (var map : maps) {
        assertThat(map.length).isEqualTo(8);
        var most = 0f;
        for (var row : map) {
          for (var value : row) {
            assertThat(value).isBetween(0f, 1f);
            most = Math.max(most, value);
          }
        }
        assertThat(most).isIn(0f, 1f);
      }
      assertThat(gradCam.maps(images.range(69, 1), new int[] {0})[0])
          .as("the same in another batch")
          .isDeepEqualTo(maps[69]);
    }
  }

  @Test
  void aBackboneWithoutStagesHasNoMaps() {
    var whole =
        new Backbone() {
          @Override
          public Operand<TFloat32> embed(Net net, Operand<TFloat32> images) {
            return ResNet.tiny(ResNet.Stem.SMALL_3X3, ResNet.NORM).embed(net, images);
          }

          @Override
          public int embeddingSize(InputFormat format) {
            return 32;
          }
        };
    var network = new OpenSetNetwork(NETWORK.input(), whole, NETWORK.head());
    assertThat(GradCam.of(network, CPU, Path.of("unused"))).isEmpty();
  }
}
