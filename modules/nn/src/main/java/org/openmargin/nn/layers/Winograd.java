package org.openmargin.nn.layers;

import java.util.stream.IntStream;
import org.openmargin.nn.Net;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.StdArrays;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.family.TFloating;

/**
 * 3x3 convolution with stride 1 and zero padding in fewer multiplications: {@code Y = O [(G g) * (A
 * x)]} along both axes (Winograd; Lavin and Gray, "Fast algorithms for convolutional neural
 * networks", 2016, F(4x4, 3x3)). The sum over input channels is a matrix product per point, so a
 * 4x4 tile takes 36 multiplications where the direct form takes 144. Gradients are computed in the
 * same way.
 *
 * <p>Rounding differs from the direct form by about 1e-5 of the largest value in float32, and too
 * much in bfloat16: it computes in float32 between activations in bfloat16, too.
 */
final class Winograd {
  private static final int TILE = 4;
  private static final long LARGEST_MAP = 16;

  /** Against the direct form in bfloat16: its gradients are slow on maps of few places. */
  private static final long LARGEST_MAP_BFLOAT16 = 8;

  private static final long FEWEST_CHANNELS = 64;

  private Winograd() {}

  /**
   * The algorithm along one axis, for n input and n output places in {@code tiles} tiles of {@code
   * points} products each.
   *
   * @param input A, [points * tiles, n]
   * @param kernel G, [points, 3]
   * @param output O, [n, points * tiles]
   */
  @SuppressWarnings("ArrayRecordComponent") // constants of this file, never compared
  private record Axis(float[][] input, float[][] kernel, float[][] output) {
    private int points() {
      return kernel.length;
    }

    private int tiles() {
      return input.length / points();
    }

    private int places() {
      return output.length;
    }
  }

  /** One place: only the middle weight applies. The other axis is longer. */
  private static final Axis ONE =
      new Axis(new float[][] {{1}}, new float[][] {{0, 1, 0}}, new float[][] {{1}});

  /** Two places: {@code y0 = g1 x0 + g2 x1, y1 = g0 x0 + g1 x1} with three products. */
  private static final Axis TWO =
      new Axis(
          new float[][] {{1, 1}, {0, 1}, {1, 0}},
          new float[][] {{0, 1, 0}, {0, -1, 1}, {1, -1, 0}},
          new float[][] {{1, 1, 0}, {1, 0, 1}});

  /** F(4, 3) at the points 0, 1, -1, 2, -2 and infinity. */
  private static final Axis TILED =
      new Axis(
          new float[][] {
            {4, 0, -5, 0, 1, 0},
            {0, -4, -4, 1, 1, 0},
            {0, 4, -4, -1, 1, 0},
            {0, -2, -1, 2, 1, 0},
            {0, 2, -1, -2, 1, 0},
            {0, 4, 0, -5, 0, 1}
          },
          new float[][] {
            {1 / 4f, 0, 0},
            {-1 / 6f, -1 / 6f, -1 / 6f},
            {-1 / 6f, 1 / 6f, -1 / 6f},
            {1 / 24f, 1 / 12f, 1 / 6f},
            {1 / 24f, -1 / 12f, 1 / 6f},
            {0, 0, 1}
          },
          new float[][] {
            {1, 1, 1, 1, 1, 0}, {0, 1, -1, 2, -2, 0}, {0, 1, 1, 4, 4, 0}, {0, 1, -1, 8, -8, 1}
          });

  private static Axis axis(int places) {
    return switch (places) {
      case 1 -> ONE;
      case 2 -> TWO;
      default -> tiled(places);
    };
  }

  /** F(4, 3) tile by tile; the matrices leave out the padding. */
  private static Axis tiled(int places) {
    var tiles = (places + TILE - 1) / TILE;
    var points = TILED.points();
    var input = new float[points * tiles][places];
    var output = new float[places][points * tiles];
    for (var point = 0; point < points; point++) {
      for (var tile = 0; tile < tiles; tile++) {
        var first = tile * TILE;
        for (var place = Math.max(0, first - 1); place < Math.min(places, first + 5); place++) {
          input[point * tiles + tile][place] = TILED.input()[point][place - first + 1];
        }
        for (var place = first; place < Math.min(places, first + TILE); place++) {
          output[place][point * tiles + tile] = TILED.output()[place - first][point];
        }
      }
    }
    return new Axis(input, TILED.kernel(), output);
  }

  /**
   * Whether it is faster on a CPU: larger maps lose the gain to moving data, fewer channels to
   * short matrix products (measured with 64 images and 64 to 512 channels).
   *
   * @param x [batch, height, width, in]
   * @param kernel [rows, columns, in, out]
   * @param type of the activations, in which the direct form would compute
   */
  static boolean pays(Shape x, Shape kernel, Class<? extends TFloating> type) {
    var largest = type == TFloat32.class ? LARGEST_MAP : LARGEST_MAP_BFLOAT16;
    return kernel.get(0) == 3
        && kernel.get(1) == 3
        && Math.max(x.get(1), x.get(2)) <= largest
        && Math.min(kernel.get(2), kernel.get(3)) >= FEWEST_CHANNELS
        && x.get(0) > 0;
  }

  /**
   * @param x [batch, height, width, in], every size known
   * @param kernel [3, 3, in, out]
   * @return [batch, height, width, out]
   */
  static Operand<TFloat32> conv(Net net, Operand<TFloat32> x, Operand<TFloat32> kernel) {
    var tf = net.tf();
    var batch = x.shape().get(0);
    var in = x.shape().get(3);
    var out = kernel.shape().get(3);
    var rows = axis((int) x.shape().get(1));
    var columns = axis((int) x.shape().get(2));
    long h = rows.places();
    long w = columns.places();
    long ph = rows.points();
    long pw = columns.points();
    long th = rows.tiles();
    long tw = columns.tiles();

    // Places come first, so that both transforms are matrix products with long rows.
    var places = tf.linalg.transpose(shaped(net, x, batch, h * w, in), tf.array(1, 0, 2));
    var input =
        transformed(net, rows.input(), columns.input(), shaped(net, places, h, w * batch * in));
    var weights =
        tf.linalg.matMul(
            matrix(net, kronecker(rows.kernel(), columns.kernel())),
            shaped(net, kernel, 9, in * out));
    var products =
        BatchProduct.of(
            net,
            shaped(net, input, ph, th, pw, tw * batch, in),
            shaped(net, weights, ph, 1, pw, in, out));
    var output =
        transformed(
            net,
            rows.output(),
            columns.output(),
            shaped(net, products, ph * th, pw * tw * batch * out));
    var images = tf.linalg.transpose(shaped(net, output, h * w, batch, out), tf.array(1, 0, 2));
    return shaped(net, images, batch, h, w, out);
  }

  /**
   * Multiplies each axis of the maps by a matrix.
   *
   * @param rows [r, h]
   * @param columns [c, w]
   * @param maps [h, w * n]
   * @return [r, c, n]
   */
  private static Operand<TFloat32> transformed(
      Net net, float[][] rows, float[][] columns, Operand<TFloat32> maps) {
    var w = columns[0].length;
    var n = maps.shape().get(1) / w;
    var done = net.tf().linalg.matMul(matrix(net, rows), maps);
    return BatchProduct.ofConstant(net, matrix(net, columns), shaped(net, done, rows.length, w, n));
  }

  private static Operand<TFloat32> shaped(Net net, Operand<TFloat32> x, long... sizes) {
    return net.tf().reshape(x, net.tf().constant(Shape.of(sizes)));
  }

  private static Operand<TFloat32> matrix(Net net, float[][] values) {
    return net.tf().constant(StdArrays.ndCopyOf(values));
  }

  private static float[][] kronecker(float[][] a, float[][] b) {
    return IntStream.range(0, a.length * b.length)
        .mapToObj(i -> row(a[i / b.length], b[i % b.length]))
        .toArray(float[][]::new);
  }

  private static float[] row(float[] a, float[] b) {
    var row = new float[a.length * b.length];
    for (var i = 0; i < row.length; i++) {
      row[i] = a[i / b.length] * b[i % b.length];
    }
    return row;
  }
}
