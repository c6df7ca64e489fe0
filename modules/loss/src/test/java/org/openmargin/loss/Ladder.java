package org.openmargin.loss;

import java.util.List;
import org.openmargin.nn.GraphFixture;
import org.openmargin.nn.InputFormat;
import org.openmargin.nn.Net;
import org.openmargin.nn.Reference;
import org.openmargin.nn.Reference.Images;
import org.openmargin.nn.StagedBackbone;
import org.openmargin.nn.layers.Layers;
import org.openmargin.nn.layers.Layers.ConvShape;
import org.openmargin.nn.layers.Layers.NormSettings;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.family.TFloating;

/** A backbone of three stages, a 3x3 convolution and a norm each, and the same in plain Java. */
record Ladder() implements StagedBackbone {
  static final int SIZE = 2;
  static final NormSettings NORM = new NormSettings(0.1, 1e-3, 1);

  /** Which weights and statistics the plain one uses. */
  enum Plain {
    BATCH(""),
    AUXILIARY("auxiliary."),
    RUNNING("");

    private final String set;

    Plain(String set) {
      this.set = set;
    }
  }

  @Override
  public int embeddingSize(InputFormat format) {
    return SIZE;
  }

  @Override
  public int stages() {
    return 3;
  }

  @Override
  public List<String> maps() {
    return List.of("stage0", "stage1");
  }

  @Override
  public Operand<? extends TFloating> stage(Net net, int index, Operand<? extends TFloating> x) {
    var map = rung(net, net.cast(x, TFloat32.class), index);
    return index < 2 ? map : Layers.globalMean(net, map);
  }

  private static Operand<TFloat32> rung(Net net, Operand<TFloat32> x, int stage) {
    var here = net.in("stage" + stage);
    var y = Layers.conv(here, x, new ConvShape(3, 1, SIZE));
    return Layers.batchNorm(here.in("norm"), y, NORM);
  }

  /** Plain Java: from the map before a stage to the map after it. */
  static Images rung(GraphFixture fixture, String path, Plain plain, Images x, int stage) {
    var name = path + "backbone.stage" + stage;
    var y = Reference.conv(x, fixture.value(name + ".kernel"), 3, 1, SIZE);
    var norm = name + ".norm." + plain.set;
    var statistics =
        plain == Plain.RUNNING
            ? new double[][] {fixture.value(norm + "mean"), fixture.value(norm + "variance")}
            : Reference.moments(y);
    return Reference.norm(
        y, statistics, fixture.value(norm + "scale"), fixture.value(norm + "offset"), 1e-3);
  }

  /** Plain Java: from the map before a stage to the embedding. */
  static double[] embedding(GraphFixture fixture, String path, Plain plain, Images x, int from) {
    var map = x;
    for (var stage = from; stage < 3; stage++) {
      map = rung(fixture, path, plain, map, stage);
    }
    return Reference.globalMean(map);
  }

  /** Plain Java: standardises pixels. */
  static Images standard(Images pixels) {
    return pixels.with(java.util.Arrays.stream(pixels.values()).map(v -> v / 127.5 - 1).toArray());
  }
}
