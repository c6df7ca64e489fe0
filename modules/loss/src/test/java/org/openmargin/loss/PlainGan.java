package org.openmargin.loss;

import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;
import org.openmargin.nn.GraphFixture;
import org.openmargin.nn.Reference;
import org.openmargin.nn.Reference.Images;

/** Generator and discriminator in plain Java, with the weights of a fixture. */
record PlainGan(GraphFixture fixture) {

  /** Noise [n, size] to 32 x 32 images, 0 to 255. */
  Images made(double[] noise, int size, int channels) {
    var kernel = fixture.value("generator.layer0.kernel");
    var n = noise.length / size;
    var width = kernel.length / size;
    var first = new double[n * width];
    for (var i = 0; i < first.length; i++) {
      for (var k = 0; k < size; k++) {
        first[i] += noise[i / width * size + k] * kernel[k * width + i % width];
      }
    }
    var x = Reference.relu(norm("generator.layer0", new Images(n, 4, 4, width / 16, first)));
    for (var layer = 1; layer < 3; layer++) {
      var name = "generator.layer" + layer;
      x = Reference.relu(norm(name, enlarged(name, x, x.c() / 2)));
    }
    var image = enlarged("generator.layer3", x, channels);
    return map(image, v -> 255 / (1 + Math.exp(-v)));
  }

  /** Each place of the small map adds its kernel, from one place before its double. */
  private Images enlarged(String name, Images x, int filters) {
    var kernel = fixture.value(name + ".kernel");
    var y =
        new Images(
            x.n(), 2 * x.h(), 2 * x.w(), filters, new double[x.n() * 4 * x.h() * x.w() * filters]);
    for (var i = 0; i < x.values().length; i++) {
      var in = i % x.c();
      var column = i / x.c() % x.w();
      var row = i / x.c() / x.w() % x.h();
      var image = i / x.c() / x.w() / x.h();
      for (var tap = 0; tap < 16; tap++) {
        var r = 2 * row - 1 + tap / 4;
        var s = 2 * column - 1 + tap % 4;
        if (r >= 0 && r < y.h() && s >= 0 && s < y.w()) {
          for (var out = 0; out < filters; out++) {
            y.values()[((image * y.h() + r) * y.w() + s) * filters + out] +=
                x.values()[i] * kernel[(tap * filters + out) * x.c() + in];
          }
        }
      }
    }
    return y;
  }

  /** The middle of larger images. */
  static Images middle(Images x, int h, int w) {
    var y = new Images(x.n(), h, w, x.c(), new double[x.n() * h * w * x.c()]);
    for (var i = 0; i < y.values().length; i++) {
      var row = i / x.c() / w % h + (x.h() - h) / 2;
      var column = i / x.c() % w + (x.w() - w) / 2;
      y.values()[i] = x.at(i / x.c() / w / h, row, column, i % x.c());
    }
    return y;
  }

  /** Probabilities of being real, of images of at most 8 px, whose last map is one place. */
  double[] real(Images pixels) {
    var x = map(pixels, v -> v / 255);
    for (var layer = 0; layer < 3; layer++) {
      var name = "discriminator.layer" + layer;
      var kernel = fixture.value(name + ".kernel");
      var y = Reference.conv(x, kernel, 4, 2, kernel.length / 16 / x.c());
      x = map(layer == 0 ? y : norm(name, y), v -> v > 0 ? v : 0.2 * v);
    }
    var last = new Images(x.n(), 1, 1, x.c(), x.values());
    var kernel = fixture.value("discriminator.layer3.kernel");
    var hidden = map(Reference.conv(last, kernel, 1, 1, kernel.length / x.c()), PlainGan::sigmoid);
    var weights = fixture.value("discriminator.dense.weights");
    var bias = fixture.value("discriminator.dense.bias")[0];
    return Arrays.stream(Reference.product(hidden.values(), weights, weights.length))
        .map(logit -> sigmoid(logit + bias))
        .toArray();
  }

  private Images norm(String name, Images x) {
    return Reference.norm(
        x,
        Reference.moments(x),
        fixture.value(name + ".norm.scale"),
        fixture.value(name + ".norm.offset"),
        1e-5);
  }

  private static double sigmoid(double x) {
    return 1 / (1 + Math.exp(-x));
  }

  private static Images map(Images x, DoubleUnaryOperator f) {
    return x.with(Arrays.stream(x.values()).map(f).toArray());
  }
}
