package org.openmargin.trainer.parallel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.openmargin.nn.Mode;
import org.openmargin.nn.Net;
import org.openmargin.nn.Replica;
import org.openmargin.nn.Variables;
import org.openmargin.nn.layers.Layers;
import org.openmargin.nn.layers.Layers.NormSettings;
import org.openmargin.runtime.Placement;
import org.openmargin.runtime.RuntimeSettings;
import org.openmargin.runtime.RuntimeSettings.Parallel;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Gradients;
import org.tensorflow.types.TFloat32;

/** Batch norms over the parts of a batch, against TensorFlow's fused one over the whole. */
class SynchronizedNormTest {
  private static final int PARTS = 3;
  private static final int IMAGES = 2;
  private static final int CHANNELS = 5;
  private static final NormSettings SETTINGS = new NormSettings(0.1, 1e-5, 1);

  private final Random random = new Random(3);

  /** Far from 0 and unlike in each part, where one pass over squares would lose digits. */
  private float[][] parts() {
    var parts = new float[PARTS][IMAGES * 4 * CHANNELS];
    for (var part = 0; part < PARTS; part++) {
      for (var i = 0; i < parts[part].length; i++) {
        parts[part][i] = (float) (50 + 3 * part + (1 + part) * random.nextGaussian());
      }
    }
    return parts;
  }

  private static Shape shape(int images) {
    return Shape.of(images, 2, 2, CHANNELS);
  }

  /** Outputs, gradients of their weighted sum, and the statistics after the step. */
  private record Results(List<float[]> values) {}

  private static float[] flat(float[]... parts) {
    var all = new float[parts.length * parts[0].length];
    for (var i = 0; i < parts.length; i++) {
      System.arraycopy(parts[i], 0, all, i * parts[0].length, parts[0].length);
    }
    return all;
  }

  private static Results fetched(
      Graph graph, RuntimeSettings runtime, Variables variables, List<Operand<TFloat32>> wanted) {
    try (var session = new Session(graph, runtime.sessionConfig())) {
      var start = session.runner();
      variables.all().forEach(variable -> start.addTarget(variable.initialize()));
      start.run().close();
      var runner = session.runner();
      wanted.forEach(runner::fetch);
      try (var result = runner.run()) {
        var values = new ArrayList<float[]>();
        for (var entry : result) {
          var value = new float[(int) entry.getValue().size()];
          ((TFloat32) entry.getValue()).copyTo(DataBuffers.of(value, false, false));
          values.add(value);
        }
        return new Results(values);
      }
    }
  }

  private static Operand<TFloat32> weighted(
      Ops tf, Operand<TFloat32> y, float[] weights, int images) {
    var factors = tf.constant(shape(images), DataBuffers.of(weights));
    return tf.reduceSum(tf.math.mul(tf.math.square(y), factors), tf.array(0, 1, 2, 3));
  }

  private Results whole(float[] x, float[] weights) {
    try (var graph = new Graph()) {
      var tf = Ops.create(graph);
      var variables = new Variables(tf, 1);
      var net = Net.root(tf, variables, new Mode.Training(tf.constant(0L)));
      var images = tf.constant(shape(PARTS * IMAGES), DataBuffers.of(x));
      var y = Layers.batchNorm(net, images, SETTINGS);
      var loss = weighted(tf, y, weights, PARTS * IMAGES);
      var seed = Gradients.dx(List.of(tf.constant(1f)));
      var dx = tf.gradients(loss, List.of(images), seed).dy(0);
      var wanted = new ArrayList<Operand<TFloat32>>(List.of(y, dx.expect(TFloat32.class)));
      wanted.addAll(variables.updatedValues());
      return fetched(graph, RuntimeSettings.DETERMINISTIC_CPU, variables, wanted);
    }
  }

  private Results divided(float[][] x, float[][] weights) {
    var runtime = RuntimeSettings.DETERMINISTIC_CPU.with(new Parallel(PARTS, true));
    try (var graph = new Graph()) {
      var tf = Ops.create(graph);
      var variables = new Variables(tf, 1);
      var root = Net.root(tf, variables, new Mode.Training(tf.constant(0L)));
      var y = new ArrayList<Operand<TFloat32>>();
      var dx = new ArrayList<Operand<TFloat32>>();
      var labels = tf.constant(new int[PARTS * IMAGES]);
      for (var part = 0; part < PARTS; part++) {
        variables.beginObjective();
        var net = root.with(new Replica(new Replica.Part(part, PARTS, true), labels, 0));
        var images = net.tf().constant(shape(IMAGES), DataBuffers.of(x[part]));
        y.add(Layers.batchNorm(net, images, SETTINGS));
        var loss = weighted(net.tf(), y.get(part), weights[part], IMAGES);
        var seed = Gradients.dx(List.of(net.tf().constant(1f)));
        dx.add(net.tf().gradients(loss, List.of(images), seed).<TFloat32>dy(0));
      }
      Placement.of(
          graph,
          name ->
              name.startsWith("replica")
                  ? Optional.of(runtime.deviceName(name.charAt("replica".length()) - '0'))
                  : Optional.empty());
      var wanted = new ArrayList<>(y);
      wanted.addAll(dx);
      wanted.addAll(variables.updatedValues());
      return fetched(graph, runtime, variables, wanted);
    }
  }

  @Test
  void outputsGradientsAndStatisticsAreThoseOfTheWholeBatch() {
    var x = parts();
    var weights = parts();
    var whole = whole(flat(x), flat(weights)).values();
    var divided = divided(x, weights).values();
    var ofParts = IntStream.range(0, PARTS).mapToObj(divided::get).toArray(float[][]::new);
    assertThat(flat(ofParts)).containsExactly(whole.get(0), within(2e-5f));
    var gradients =
        IntStream.range(PARTS, 2 * PARTS).mapToObj(divided::get).toArray(float[][]::new);
    assertThat(flat(gradients)).containsExactly(whole.get(1), within(2e-3f));
    assertThat(divided.get(2 * PARTS)).containsExactly(whole.get(2), within(2e-5f));
    assertThat(divided.get(2 * PARTS + 1)).containsExactly(whole.get(3), within(2e-4f));
  }
}
