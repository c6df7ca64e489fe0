package org.openmargin.data.foreign;

import org.openmargin.data.SplitMix;

/** Regular shapes in two colours. Lengths are in pixels of the network's input. */
final class Pattern {
  private Pattern() {}

  /** Parallel stripes at any angle, 1 px to a quarter of the image wide. */
  static void stripes(Canvas canvas, SplitMix random) {
    var colours = canvas.contrast(random);
    var width = random.between(1, canvas.side() / 4.0) * canvas.grain();
    var angle = random.between(0, StrictMath.PI);
    var cos = StrictMath.cos(angle) / width;
    var sin = StrictMath.sin(angle) / width;
    var phase = random.between(0, 2);
    canvas.fill((y, x, c) -> colours[odd(x * cos + y * sin + phase)][c]);
  }

  /** Squares of 1 px to a quarter of the image. */
  static void checkerboard(Canvas canvas, SplitMix random) {
    var colours = canvas.contrast(random);
    var side = random.between(1, canvas.side() / 4.0) * canvas.grain();
    var left = random.between(0, 2);
    var top = random.between(0, 2);
    canvas.fill((y, x, c) -> colours[odd(x / side + left) ^ odd(y / side + top)][c]);
  }

  private static int odd(double position) {
    return Math.floorMod((long) Math.floor(position), 2);
  }

  /** From one colour to another: along a line or, in one case of two, from a point outwards. */
  static void gradient(Canvas canvas, SplitMix random) {
    var colours = canvas.contrast(random);
    var angle = random.between(0, 2 * StrictMath.PI);
    var cos = StrictMath.cos(angle);
    var sin = StrictMath.sin(angle);
    var radial = random.nextInt(2) == 0;
    var centreY = random.between(-0.5, 0.5);
    var centreX = random.between(-0.5, 0.5);
    var height = canvas.shape().height();
    var width = canvas.shape().width();
    canvas.fill(
        (y, x, c) -> {
          var v = y / height - 0.5;
          var u = x / width - 0.5;
          var distance = Math.sqrt((u - centreX) * (u - centreX) + (v - centreY) * (v - centreY));
          var part = radial ? distance : (u * cos + v * sin) / StrictMath.sqrt(2) + 0.5;
          return colours[0][c] + Math.min(1, part) * (colours[1][c] - colours[0][c]);
        });
  }
}
