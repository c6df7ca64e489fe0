package org.openmargin.model.foreign;

import java.util.Arrays;
import java.util.Random;
import org.openmargin.nn.InputFormat;
import org.openmargin.nn.Mode;
import org.openmargin.nn.Net;
import org.openmargin.nn.Variables;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.StdArrays;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;

/** A first run on random images, for all that a signature does not tell. */
record Trial(ForeignNetwork network, InputFormat format) {
  private static final int IMAGES = 3;
  private static final double ROUNDING = 1e-3;

  /**
   * Runs it.
   *
   * @throws IllegalArgumentException if embeddings are not finite, the same for all images, or
   *     depend on the other images of a batch
   */
  int embeddingSize() {
    try (var graph = new Graph();
        var session = new Session(graph, LoadedVariables.ON_CPU)) {
      var tf = Ops.create(graph);
      var shape = Shape.of(-1, format.height(), format.width(), format.channels());
      var images = tf.placeholder(TFloat32.class, Placeholder.shape(shape));
      var net = Net.root(tf, new Variables(tf, 0), new Mode.Inference());
      var embeddings = network.embedded(net, network.prepared(net, images));
      var together = run(session, images, embeddings, IMAGES);
      var alone = run(session, images, embeddings, 1);
      require(together, alone);
      return together[0].length;
    }
  }

  private void require(float[][] together, float[][] alone) {
    if (together.length != IMAGES || alone.length != 1 || together[0].length == 0) {
      throw new IllegalArgumentException(
          "it gives %d embeddings of %d numbers for %d images"
              .formatted(together.length, together[0].length, IMAGES));
    }
    for (var row : together) {
      for (var value : row) {
        if (!Float.isFinite(value)) {
          throw new IllegalArgumentException("an embedding of a random image holds " + value);
        }
      }
    }
    if (Arrays.equals(together[0], together[1]) && Arrays.equals(together[0], together[2])) {
      throw new IllegalArgumentException(
          "it gives the same embedding for different images: see how it wants its pixels");
    }
    if (differ(together[0], alone[0])) {
      throw new IllegalArgumentException(
          "the embedding of an image depends on the other images of its batch");
    }
  }

  private static boolean differ(float[] some, float[] others) {
    var largest = 0f;
    var difference = 0f;
    for (var i = 0; i < some.length; i++) {
      largest = Math.max(largest, Math.abs(others[i]));
      difference = Math.max(difference, Math.abs(some[i] - others[i]));
    }
    return difference > ROUNDING * largest;
  }

  private float[][] run(
      Session session, Placeholder<TFloat32> images, Operand<TFloat32> embeddings, int count) {
    var random = new Random(1);
    var pixels = new float[count * format.bytes()];
    for (var i = 0; i < pixels.length; i++) {
      pixels[i] = random.nextInt(256);
    }
    var shape = Shape.of(count, format.height(), format.width(), format.channels());
    try (var fed = TFloat32.tensorOf(shape, DataBuffers.of(pixels));
        var result = session.runner().feed(images, fed).fetch(embeddings).run()) {
      return StdArrays.array2dCopyOf((TFloat32) result.get(0));
    }
  }
}
