package org.openmargin.exporter.encoded;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import javax.imageio.ImageIO;

/** Bytes that stand in for what is not there, as Latin-1. */
final class Filler {
  private static final int BYTES = 4096;

  /** A PNG file of one pixel. */
  static final String BLACK = black();

  /** Random data. */
  static final String DATA = data();

  private Filler() {}

  private static String black() {
    var out = new ByteArrayOutputStream();
    try {
      ImageIO.write(new BufferedImage(1, 1, BufferedImage.TYPE_INT_RGB), "png", out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toString(StandardCharsets.ISO_8859_1);
  }

  /** Any bytes but ff, which begins markers. */
  private static String data() {
    var random = new Random(BYTES);
    var text = new StringBuilder(BYTES);
    for (var i = 0; i < BYTES; i++) {
      text.append((char) random.nextInt(0xff));
    }
    return text.toString();
  }
}
