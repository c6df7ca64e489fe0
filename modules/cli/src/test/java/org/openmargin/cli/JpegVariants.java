package org.openmargin.cli;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;

/** JPEG files that decoders could take for something else. */
final class JpegVariants {
  private static final int HEADER = 20;

  private JpegVariants() {}

  /** Without subsampling. */
  static byte[] fullColour(BufferedImage image) throws IOException {
    var writer = ImageIO.getImageWritersByFormatName("jpeg").next();
    var out = new ByteArrayOutputStream();
    try (var stream = ImageIO.createImageOutputStream(out)) {
      writer.setOutput(stream);
      writer.write(new IIOImage(image, null, FormatSamples.fullColour(image)));
    } finally {
      writer.dispose();
    }
    return out.toByteArray();
  }

  /** No header that names the colour space, components 0, 1 and 2. */
  static byte[] numberedFromZero(BufferedImage image) throws IOException {
    return renamed(fullColour(image), 0, 1, 2);
  }

  /** Adobe's segment says that the three components are red, green and blue. */
  static byte[] storedAsRgb(BufferedImage image) throws IOException {
    var plain = renamed(fullColour(image), 'R', 'G', 'B');
    var adobe = ByteBuffer.allocate(16).put((byte) 0xff).put((byte) 0xee).putShort((short) 14);
    adobe.put("Adobe".getBytes(StandardCharsets.US_ASCII)).putShort((short) 100);
    return inserted(plain, 2, adobe.array());
  }

  /** An Exif segment says how to turn it. */
  static byte[] turned(BufferedImage image, long orientation) throws IOException {
    var exif = ByteBuffer.allocate(36).putInt(0xffe10022);
    exif.put("Exif\0\0MM".getBytes(StandardCharsets.US_ASCII)).putShort((short) 42).putInt(8);
    exif.putShort((short) 1).putShort((short) 0x112).putShort((short) 3).putInt(1);
    exif.putShort((short) orientation);
    return inserted(FormatSamples.encoded(image, "jpeg", "JPEG", false), HEADER, exif.array());
  }

  /** Without the JFIF segment. */
  private static byte[] renamed(byte[] jpeg, int... names) {
    var file = inserted(jpeg, HEADER, new byte[0]);
    var plain = new byte[file.length - HEADER + 2];
    System.arraycopy(file, 0, plain, 0, 2);
    System.arraycopy(file, HEADER, plain, 2, file.length - HEADER);
    for (var i = 0; i < 3; i++) {
      plain[segment(plain, 0xc0) + 10 + 3 * i] = (byte) names[i];
      plain[segment(plain, 0xda) + 5 + 2 * i] = (byte) names[i];
    }
    return plain;
  }

  /** Where a marker begins, from segment to segment. */
  private static int segment(byte[] jpeg, int code) {
    var at = 2;
    while ((jpeg[at + 1] & 0xff) != code) {
      at += 2 + (((jpeg[at + 2] & 0xff) << 8) | (jpeg[at + 3] & 0xff));
    }
    return at;
  }

  private static byte[] inserted(byte[] file, int at, byte[] segment) {
    var whole = Arrays.copyOf(file, file.length + segment.length);
    System.arraycopy(file, at, whole, at + segment.length, file.length - at);
    System.arraycopy(segment, 0, whole, at, segment.length);
    return whole;
  }
}
