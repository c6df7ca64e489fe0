package org.openmargin.data.shift;

import java.util.List;
import org.openmargin.data.ImageShape;
import org.openmargin.data.Images;
import org.openmargin.data.SplitMix;

/**
 * A common corruption of an image, of severity 1 to 5, after Hendrycks and Dietterich,
 * "Benchmarking neural network robustness to common corruptions and perturbations", ICLR 2019. An
 * image keeps its class. Strengths are those of CIFAR-10-C up to a shorter side of 32 px and those
 * of ImageNet-C from 224 px on, compared with the authors' {@code make_cifar_c.py} and {@code
 * make_imagenet_c.py} (github.com/hendrycks/robustness); in between they are linear in the side,
 * which is ours: at 64 px noise has 0.05 to 0.15 here, 0.04 to 0.18 in the authors'
 * Tiny-ImageNet-C. Levels are rounded, where the authors cut them down.
 */
public enum Corruption {
  /** Independent noise for each value, nearly normal; deviation as a part of 255. */
  NOISE(
      "noise",
      List.of(0.04, 0.06, 0.08, 0.09, 0.10),
      List.of(0.08, 0.12, 0.18, 0.26, 0.38),
      Corruption::noise),
  /** A Gaussian kernel; deviation, px. */
  BLUR(
      "blur",
      List.of(0.4, 0.6, 0.7, 0.8, 1.0),
      List.of(1.0, 2.0, 3.0, 4.0, 6.0),
      (image, sigma, random) -> GaussianBlur.of(image.pixels(), image.shape(), sigma)),
  /** Added to the value of HSV, as a part of 255; hue and saturation stay. */
  BRIGHTNESS(
      "brightness",
      List.of(0.05, 0.1, 0.15, 0.2, 0.3),
      List.of(0.1, 0.2, 0.3, 0.4, 0.5),
      Corruption::brighter),
  /** Compressed and decoded again; quality 0 to 100. */
  JPEG(
      "JPEG",
      List.of(80.0, 65.0, 58.0, 50.0, 40.0),
      List.of(25.0, 18.0, 15.0, 10.0, 7.0),
      (image, quality, random) -> JpegCopy.of(image.pixels(), image.shape(), quality / 100));

  /** Severities that there are. */
  public static final int MOST = 5;

  private static final int SMALL_PX = 32;
  private static final int LARGE_PX = 224;

  private final String title;

  @SuppressWarnings("ImmutableEnumChecker") // of List.of
  private final List<Double> small;

  @SuppressWarnings("ImmutableEnumChecker") // of List.of
  private final List<Double> large;

  @SuppressWarnings("ImmutableEnumChecker") // functions without state
  private final Change change;

  private interface Change {
    byte[] apply(Pixels image, double strength, SplitMix random);
  }

  @SuppressWarnings("ArrayRecordComponent") // handed on at once, never compared
  private record Pixels(byte[] pixels, ImageShape shape) {}

  Corruption(String title, List<Double> small, List<Double> large, Change change) {
    this.title = title;
    this.small = small;
    this.large = large;
    this.change = change;
  }

  /** Such as {@code "blur, severity 3"}. */
  public String title(int severity) {
    return "%s, severity %d".formatted(title, severity);
  }

  /**
   * The corrupted images, corrupted when they are read: a function of image, kind, severity and
   * place in the list, the same in every run.
   *
   * @param severity 1 to {@link #MOST}
   */
  public Images of(Images originals, int severity) {
    var shape = originals.shape();
    var strength = strength(severity, Math.min(shape.height(), shape.width()));
    return Images.from(
        shape,
        originals.count(),
        (index, target, offset) -> {
          var pixels = new byte[shape.bytes()];
          originals.copyTo(index, pixels, 0);
          var random = SplitMix.of(title.hashCode(), severity, index);
          var changed = change.apply(new Pixels(pixels, shape), strength, random);
          System.arraycopy(changed, 0, target, offset, changed.length);
        });
  }

  /** See the constants for its unit. */
  double strength(int severity, int side) {
    if (severity < 1 || severity > MOST) {
      throw new IllegalArgumentException("severity %d: must be 1 to %d".formatted(severity, MOST));
    }
    var part = Math.max(0, Math.min(1, (double) (side - SMALL_PX) / (LARGE_PX - SMALL_PX)));
    return small.get(severity - 1) + part * (large.get(severity - 1) - small.get(severity - 1));
  }

  private static byte[] noise(Pixels image, double deviation, SplitMix random) {
    var noisy = new byte[image.pixels().length];
    for (var i = 0; i < noisy.length; i++) {
      noisy[i] = level(random.around(image.pixels()[i] & 0xff, 255 * deviation));
    }
    return noisy;
  }

  private static byte[] brighter(Pixels image, double part, SplitMix random) {
    var channels = image.shape().channels();
    var brighter = new byte[image.pixels().length];
    for (var i = 0; i < brighter.length; i += channels) {
      var value = 0;
      for (var c = 0; c < channels; c++) {
        value = Math.max(value, image.pixels()[i + c] & 0xff);
      }
      var wanted = Math.min(255, value + 255 * part);
      for (var c = 0; c < channels; c++) {
        // A black pixel has no hue: it becomes grey.
        var old = image.pixels()[i + c] & 0xff;
        brighter[i + c] = level(value == 0 ? wanted : old * wanted / value);
      }
    }
    return brighter;
  }

  static byte level(double value) {
    return (byte) Math.max(0, Math.min(255, Math.round(value)));
  }
}
