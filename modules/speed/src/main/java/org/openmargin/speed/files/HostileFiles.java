package org.openmargin.speed.files;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.CRC32;

/** Files that a client should not have sent. */
public final class HostileFiles {
  private static final byte[] PNG = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};

  private HostileFiles() {}

  /**
   * @param jpeg a whole image
   * @param png a whole image
   */
  public static List<byte[]> from(byte[] jpeg, byte[] png) {
    var files = new ArrayList<byte[]>();
    files.add(new byte[0]);
    files.add("<html>502 Bad Gateway</html>".getBytes(StandardCharsets.US_ASCII));
    files.add(noise(4096));
    files.add(new byte[100_000]);
    files.add(pngOfSize(20_000, 20_000));
    files.add(pngOfSize(0, 7));
    files.add(pngOfSize(Integer.MAX_VALUE, Integer.MAX_VALUE));
    for (var whole : List.of(jpeg, png)) {
      for (var part : new double[] {0.1, 0.5, 0.9, 0.99}) {
        files.add(Arrays.copyOf(whole, (int) (whole.length * part)));
        files.add(zeroTail(whole, part));
      }
      files.add(joined(Arrays.copyOf(whole, 4), noise(whole.length)));
    }
    files.add(joined(Arrays.copyOf(jpeg, jpeg.length / 2), new byte[] {(byte) 0xff, (byte) 0xd9}));
    return List.copyOf(files);
  }

  private static byte[] noise(int length) {
    var bytes = new byte[length];
    new Random(length).nextBytes(bytes);
    return bytes;
  }

  private static byte[] zeroTail(byte[] whole, double part) {
    var copy = whole.clone();
    Arrays.fill(copy, (int) (whole.length * part), whole.length, (byte) 0);
    return copy;
  }

  private static byte[] joined(byte[] head, byte[] tail) {
    var out = new ByteArrayOutputStream();
    out.writeBytes(head);
    out.writeBytes(tail);
    return out.toByteArray();
  }

  /** A header that promises an image, and an end. */
  private static byte[] pngOfSize(int width, int height) {
    var header =
        ByteBuffer.allocate(13).putInt(width).putInt(height).put(new byte[] {8, 2, 0, 0, 0});
    var out = new ByteArrayOutputStream();
    out.writeBytes(PNG);
    out.writeBytes(chunk("IHDR", header.array()));
    out.writeBytes(chunk("IDAT", new byte[64]));
    out.writeBytes(chunk("IEND", new byte[0]));
    return out.toByteArray();
  }

  private static byte[] chunk(String type, byte[] content) {
    var checked = joined(type.getBytes(StandardCharsets.US_ASCII), content);
    var crc = new CRC32();
    crc.update(checked);
    return ByteBuffer.allocate(content.length + 12)
        .putInt(content.length)
        .put(checked)
        .putInt((int) crc.getValue())
        .array();
  }
}
