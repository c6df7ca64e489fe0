package org.openmargin.trainer.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openmargin.model.ResNet;
import org.openmargin.nn.InputFormat;
import org.openmargin.nn.OpenSetNetwork;
import org.openmargin.nn.Variable;
import org.openmargin.trainer.Fixtures;
import org.openmargin.trainer.Inference;

/** A ResNet with the names and layout of torchvision. */
class TorchWeightsTest {
  @TempDir Path folder;

  /** Two layers of width 4, the second with two blocks. */
  private static final Map<String, List<Long>> SHAPES = shapes();

  private static Map<String, List<Long>> shapes() {
    var shapes = new HashMap<String, List<Long>>();
    convolution(shapes, "conv1", "bn1", 4, 3, 7);
    convolution(shapes, "layer1.0.conv1", "layer1.0.bn1", 4, 4, 3);
    convolution(shapes, "layer1.0.conv2", "layer1.0.bn2", 4, 4, 3);
    convolution(shapes, "layer2.0.conv1", "layer2.0.bn1", 8, 4, 3);
    convolution(shapes, "layer2.0.conv2", "layer2.0.bn2", 8, 8, 3);
    convolution(shapes, "layer2.0.downsample.0", "layer2.0.downsample.1", 8, 4, 1);
    convolution(shapes, "layer2.1.conv1", "layer2.1.bn1", 8, 8, 3);
    convolution(shapes, "layer2.1.conv2", "layer2.1.bn2", 8, 8, 3);
    return shapes;
  }

  private static void convolution(
      Map<String, List<Long>> shapes, String name, String norm, long out, long in, long size) {
    shapes.put(name + ".weight", List.of(out, in, size, size));
    for (var leaf : List.of("weight", "bias", "running_mean", "running_var")) {
      shapes.put(norm + "." + leaf, List.of(out));
    }
  }

  private static OpenSetNetwork network(ResNet.Stem stem) {
    var resNet = new ResNet(stem, List.of(1, 2), 4, ResNet.NORM);
    return new OpenSetNetwork(InputFormat.of(32, 32, 3), resNet, Fixtures.tinyNetwork().head());
  }

  private static float[] values(String name, List<Long> shape) {
    var random = new Random(name.hashCode());
    var values = new float[NamedTensors.elements(name, shape)];
    for (var i = 0; i < values.length; i++) {
      values[i] = random.nextFloat();
    }
    return values;
  }

  private static SafetensorsFile file(String prefix, Map<String, List<Long>> shapes) {
    var file = new SafetensorsFile();
    shapes.forEach((name, shape) -> file.add(prefix + name, shape, values(name, shape)));
    return file.add(prefix + "fc.weight", List.of(1L, 2L), 0, 0)
        .add(prefix + "fc.bias", List.of(1L), 0)
        .add(prefix + "bn1.num_batches_tracked", "I64", List.of(), new byte[8]);
  }

  private Map<Variable, float[]> read(SafetensorsFile file) throws IOException {
    var path = file.write(folder.resolve("w.safetensors"));
    return InitialWeights.ofSafetensors(path)
        .of(Inference.variables(network(ResNet.Stem.POOLED_7X7)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "module.", "model.backbone."})
  void everyWeightFindsItsPlace(String prefix) throws IOException {
    var found = new HashMap<String, float[]>();
    read(file(prefix, SHAPES)).forEach((variable, v) -> found.put(variable.name(), v));
    assertThat(found).hasSameSizeAs(SHAPES);
    assertThat(found.get("backbone.stem.norm.scale")).isEqualTo(torch("bn1.weight"));
    assertThat(found.get("backbone.stem.norm.offset")).isEqualTo(torch("bn1.bias"));
    assertThat(found.get("backbone.stem.norm.mean")).isEqualTo(torch("bn1.running_mean"));
    assertThat(found.get("backbone.stem.norm.variance")).isEqualTo(torch("bn1.running_var"));
    assertThat(found.get("backbone.stage1.block0.shortcut.norm.mean"))
        .isEqualTo(torch("layer2.0.downsample.1.running_mean"));
    assertThat(found.get("backbone.stage1.block1.conv2.norm.offset"))
        .isEqualTo(torch("layer2.1.bn2.bias"));
    assertKernel(found.get("backbone.stem.kernel"), "conv1.weight");
    assertKernel(found.get("backbone.stage1.block0.conv1.kernel"), "layer2.0.conv1.weight");
    assertKernel(
        found.get("backbone.stage1.block0.shortcut.kernel"), "layer2.0.downsample.0.weight");
  }

  private static float[] torch(String name) {
    return values(name, SHAPES.get(name));
  }

  /** [out, in, rows, columns] in the file, [rows, columns, in, out] here. */
  private static void assertKernel(float[] ours, String name) {
    var theirs = torch(name);
    var shape = SHAPES.get(name).stream().mapToInt(Long::intValue).toArray();
    var seen = 0;
    for (var o = 0; o < shape[0]; o++) {
      for (var i = 0; i < shape[1]; i++) {
        for (var r = 0; r < shape[2]; r++) {
          for (var c = 0; c < shape[3]; c++) {
            var here = ((r * shape[3] + c) * shape[1] + i) * shape[0] + o;
            assertThat(ours[here]).isEqualTo(theirs[seen++]);
          }
        }
      }
    }
  }

  @Test
  void everyMisfitIsNamedAtOnce() {
    var shapes = new HashMap<>(SHAPES);
    shapes.remove("layer1.0.bn2.running_var");
    shapes.put("conv1.weight", List.of(4L, 3L, 3L, 3L));
    shapes.put("layer2.2.conv1.weight", List.of(8L, 8L, 3L, 3L));
    shapes.put("layer2.0.bn1.weight", List.of(9L));
    assertThatThrownBy(() -> read(file("", shapes)))
        .isInstanceOf(WeightsException.class)
        .hasMessageContaining("layer1.0.bn2.running_var: missing")
        .hasMessageContaining("conv1.weight: has shape [4, 3, 3, 3], must be [4, 3, 7, 7]")
        .hasMessageContaining("layer2.0.bn1.weight: has shape [9], must be [8]")
        .hasMessageContaining("layer2.2.conv1.weight: the backbone has no place for it");
  }

  @Test
  void aFileOfAnotherKindOfNetworkIsRefused() {
    var file = new SafetensorsFile().add("blocks.0.attn.qkv.weight", List.of(1L), 1);
    assertThatThrownBy(() -> read(file))
        .isInstanceOf(WeightsException.class)
        .hasMessageContaining("conv1.weight: missing")
        .hasMessageContaining("more");
  }

  @Test
  void aWeightThatIsNoNumberIsRefused() {
    var file = new SafetensorsFile();
    var names = new ArrayList<>(SHAPES.keySet());
    for (var name : names) {
      var values = values(name, SHAPES.get(name));
      if (name.equals("bn1.bias")) {
        values[1] = Float.NaN;
      }
      file.add(name, SHAPES.get(name), values);
    }
    assertThatThrownBy(() -> read(file))
        .isInstanceOf(WeightsException.class)
        .hasMessageContaining("holds NaN for backbone.stem.norm.offset");
  }

  @Test
  void aMissingFileIsNamed() {
    assertThatThrownBy(() -> InitialWeights.ofSafetensors(folder.resolve("none")))
        .isInstanceOf(WeightsException.class)
        .hasMessageContaining("none cannot be read: there is no such file or folder");
  }

  @Test
  void theDigestIsThatOfTheValues() throws IOException {
    var digest = InitialWeights.digest(read(file("", SHAPES)));
    assertThat(InitialWeights.digest(read(file("module.", SHAPES)))).isEqualTo(digest);
    var other = new HashMap<>(SHAPES);
    other.put("fc2.weight", List.of(3L));
    assertThat(InitialWeights.digest(read(file("", other)))).isEqualTo(digest).hasSize(64);
  }
}
