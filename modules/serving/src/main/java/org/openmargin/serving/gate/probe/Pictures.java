package org.openmargin.serving.gate.probe;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.openmargin.files.image.LevelRule;
import org.openmargin.serving.LoadedModel;
import org.openmargin.serving.ModelContract;
import org.openmargin.serving.Reason;

/**
 * Files that reach every path of decoding, drawn here.
 *
 * @param channels of the model's images
 * @param levels for values of 16 bits
 */
record Pictures(int channels, LevelRule levels) {
  /** With the usual levels. */
  Pictures(int channels) {
    this(channels, LevelRule.DEFAULT);
  }

  /**
   * @param what in words
   * @param expected what a model must say about the file
   * @param pixels what the file shows, [height, width, channels]; empty if nothing
   */
  @SuppressWarnings("ArrayRecordComponent") // read only, never compared
  record Sample(String what, byte[] file, Reason expected, byte[] pixels, int height, int width) {}

  /** Channels of a model's images. */
  static int channels(LoadedModel model) {
    return Math.toIntExact(
        model
            .meta()
            .getSignatureDefOrThrow(ModelContract.SERVING_DEFAULT.name())
            .getInputsOrThrow(ModelContract.IMAGES)
            .getTensorShape()
            .getDim(3)
            .getSize());
  }

  /** The first of the samples. */
  static byte[] png() {
    return Drawing.encoded(Drawing.drawn(40, 73), "png");
  }

  List<Sample> samples() {
    var wide = Drawing.drawn(40, 73);
    var png = Drawing.encoded(wide, "png");
    var jpeg = Drawing.encoded(wide, "jpeg");
    var samples = new ArrayList<Sample>();
    samples.add(shown("a PNG file", png, wide));
    samples.add(shown("a JPEG file", jpeg, Drawing.decoded(jpeg)));
    samples.add(
        shown(
            "a high PNG file",
            Drawing.encoded(Drawing.drawn(90, 31), "png"),
            Drawing.drawn(90, 31)));
    samples.add(
        shown(
            "a large PNG file",
            Drawing.encoded(Drawing.drawn(301, 302), "png"),
            Drawing.drawn(301, 302)));
    samples.add(
        shown(
            "a PNG file of one pixel",
            Drawing.encoded(Drawing.drawn(1, 1), "png"),
            Drawing.drawn(1, 1)));
    for (var orientation = 2; orientation <= 8; orientation++) {
      var turned = Drawing.withOrientation(jpeg, orientation);
      samples.add(
          shown(
              "a JPEG file with orientation " + orientation,
              turned,
              Drawing.turned(Drawing.decoded(jpeg), orientation)));
    }
    samples.add(nothing("a text", "a text".getBytes(StandardCharsets.UTF_8), Reason.NOT_AN_IMAGE));
    samples.add(nothing("no bytes", new byte[0], Reason.NOT_AN_IMAGE));
    samples.add(nothing("half a PNG file", half(png), Reason.TRUNCATED));
    samples.add(nothing("half a JPEG file", half(jpeg), Reason.TRUNCATED));
    samples.add(nothing("half a JPEG file with an end", ended(half(jpeg)), Reason.TRUNCATED));
    samples.add(nothing("a huge PNG file", huge(png), Reason.TOO_LARGE));
    samples.addAll(new RareFiles(this).samples());
    return samples;
  }

  static Sample nothing(String what, byte[] file, Reason reason) {
    return new Sample(what, file, reason, new byte[0], 0, 0);
  }

  Sample shown(String what, byte[] file, BufferedImage image) {
    return new Sample(what, file, Reason.OK, pixels(image), image.getHeight(), image.getWidth());
  }

  /** A picture, the same upside down, its negative, and black. */
  List<byte[]> drawn(int height, int width) {
    var picture = Drawing.drawn(height, width);
    var pixels = pixels(picture);
    var negative = pixels.clone();
    for (var i = 0; i < negative.length; i++) {
      negative[i] = (byte) ~negative[i];
    }
    return List.of(pixels, pixels(Drawing.turned(picture, 3)), negative, new byte[pixels.length]);
  }

  private byte[] pixels(BufferedImage image) {
    var pixels = ByteBuffer.allocate(image.getHeight() * image.getWidth() * channels);
    for (var y = 0; y < image.getHeight(); y++) {
      for (var x = 0; x < image.getWidth(); x++) {
        var colour = new Color(image.getRGB(x, y));
        if (channels == 1) {
          var sum = 299 * colour.getRed() + 587 * colour.getGreen() + 114 * colour.getBlue();
          pixels.put((byte) ((sum + 500) / 1000));
        } else {
          pixels.put((byte) colour.getRed());
          pixels.put((byte) colour.getGreen());
          pixels.put((byte) colour.getBlue());
        }
      }
    }
    return pixels.array();
  }

  private static byte[] half(byte[] file) {
    return Arrays.copyOf(file, file.length * 2 / 3);
  }

  private static byte[] ended(byte[] jpeg) {
    var joined = Arrays.copyOf(jpeg, jpeg.length + 2);
    joined[jpeg.length] = (byte) 0xff;
    joined[jpeg.length + 1] = (byte) 0xd9;
    return joined;
  }

  private static byte[] huge(byte[] png) {
    var changed = png.clone();
    ByteBuffer.wrap(changed).putInt(16, 20_000).putInt(20, 20_000);
    return changed;
  }
}
