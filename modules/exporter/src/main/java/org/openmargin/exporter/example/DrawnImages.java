package org.openmargin.exporter.example;

import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.openmargin.nn.InputFormat;

/**
 * Images drawn from nothing but numbers: noise, gradients, and discs like cells. The same in every
 * export.
 *
 * @param format size of the images
 */
record DrawnImages(InputFormat format) {
  private static final long SEED = 20260101;
  private static final int NOISE = 12;

  /** Images 0..count-1. */
  List<byte[]> first(int count) {
    return IntStream.range(0, count).mapToObj(this::image).toList();
  }

  private byte[] image(int index) {
    var random = new Random(SEED + 7919L * index);
    return switch (index % 4) {
      case 0 -> noise(random);
      case 1 -> gradient(random);
      default -> discs(random);
    };
  }

  /** Values in a random range, the same for all channels or not. */
  private byte[] noise(Random random) {
    var low = random.nextInt(200);
    var high = low + 1 + random.nextInt(255 - low);
    var grey = random.nextBoolean();
    var image = new byte[format.bytes()];
    for (var i = 0; i < image.length; i++) {
      image[i] =
          grey && i % format.channels() > 0 ? image[i - 1] : (byte) random.nextInt(low, high + 1);
    }
    return image;
  }

  /** From one colour to another, along a random direction. */
  private byte[] gradient(Random random) {
    var from = colour(random);
    var to = colour(random);
    var angle = 2 * Math.PI * random.nextDouble();
    var image = new byte[format.bytes()];
    for (var i = 0; i < image.length; i++) {
      var x = 2 * (double) column(i) / format.width() - 1;
      var y = 2 * (double) row(i) / format.height() - 1;
      var share = 0.5 + (x * Math.cos(angle) + y * Math.sin(angle)) / 3;
      var channel = i % format.channels();
      image[i] = pixel((1 - share) * from[channel] + share * to[channel]);
    }
    return image;
  }

  /** One to five on a plain ground, and a little noise. */
  private byte[] discs(Random random) {
    var ground = colour(random);
    var image = new byte[format.bytes()];
    for (var i = 0; i < image.length; i++) {
      image[i] = pixel(ground[i % format.channels()] + NOISE * random.nextGaussian());
    }
    for (var disc = 1 + random.nextInt(5); disc > 0; disc--) {
      image = withDisc(image, random);
    }
    return image;
  }

  /** The image with one more disc, which covers it wholly or in part. */
  byte[] withDisc(byte[] image, Random random) {
    var colour = colour(random);
    var centreX = random.nextDouble() * format.width();
    var centreY = random.nextDouble() * format.height();
    var radiusX = (0.05 + 0.45 * random.nextDouble()) * format.width();
    var radiusY = (0.05 + 0.45 * random.nextDouble()) * format.height();
    var opacity = 0.3 + 0.7 * random.nextDouble();
    var drawn = image.clone();
    for (var i = 0; i < drawn.length; i++) {
      if (Math.hypot((column(i) - centreX) / radiusX, (row(i) - centreY) / radiusY) < 1) {
        var noisy = colour[i % format.channels()] + NOISE * random.nextGaussian();
        drawn[i] = pixel((1 - opacity) * (image[i] & 255) + opacity * noisy);
      }
    }
    return drawn;
  }

  /** The image, brighter or darker by channel. */
  byte[] recoloured(byte[] image, Random random) {
    var shift = new double[format.channels()];
    for (var channel = 0; channel < shift.length; channel++) {
      shift[channel] = 40 * random.nextGaussian();
    }
    var drawn = new byte[image.length];
    for (var i = 0; i < drawn.length; i++) {
      drawn[i] = pixel((image[i] & 255) + shift[i % shift.length]);
    }
    return drawn;
  }

  private int column(int index) {
    return index / format.channels() % format.width();
  }

  private int row(int index) {
    return index / format.channels() / format.width();
  }

  private double[] colour(Random random) {
    return random.doubles(format.channels(), 0, 256).toArray();
  }

  private static byte pixel(double value) {
    return (byte) Math.round(Math.max(0, Math.min(255, value)));
  }
}
