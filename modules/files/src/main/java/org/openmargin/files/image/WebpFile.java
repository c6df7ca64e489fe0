package org.openmargin.files.image;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Reads the container of a WebP file (RFC 9649, section 2) to its stated end, and takes the data of
 * its image, or of its first frame, out of it. What lies around them is left out as it is for other
 * formats: colour profile, alpha plane, the other frames.
 */
final class WebpFile {
  private static final int START = 12;
  private static final int CHUNK = 8;
  private static final int FRAME = 16;
  private static final int START_CODE = 0x2a019d;
  private static final int LOSSLESS = 0x2f;

  /** Coded data never end so: the rest of a file that was not written is made of zeros. */
  private static final int MOST_ZEROS = 32;

  private final byte[] file;
  private final ByteBuffer bytes;
  private String type = "";
  private byte[] data = new byte[0];
  private int canvas;
  private boolean animated;
  private boolean alpha;
  private StatedOrientation orientation = StatedOrientation.UPRIGHT;

  private WebpFile(byte[] file) {
    this.file = file;
    this.bytes = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
  }

  /**
   * @throws ImageFileException if the file is damaged, cut off, or its image too large
   */
  static WebpFile of(byte[] file) {
    var webp = new WebpFile(file);
    var length = webp.bytes.getInt(4);
    if (length < 4 || length + 8L > file.length) {
      throw ImageFileException.damaged("the WebP file is shorter than it says");
    }
    webp.chunks(START, length + 8);
    webp.mustBeAnImage();
    return webp;
  }

  private void chunks(int from, int end) {
    for (var at = from; at + CHUNK <= end; ) {
      var length = bytes.getInt(at + 4);
      var content = at + CHUNK;
      if (length < 0 || (long) content + length > end) {
        throw ImageFileException.damaged("the WebP file ends in a chunk");
      }
      chunk(new String(file, at, 4, StandardCharsets.ISO_8859_1), content, content + length);
      at = Math.min(end, content + length + (length & 1));
    }
  }

  private void chunk(String name, int from, int end) {
    switch (name) {
      case "VP8 ", "VP8L" -> {
        if (type.isEmpty()) {
          type = name;
          data = Arrays.copyOfRange(file, from, end);
        }
      }
      case "ANMF" -> {
        animated = true;
        if (type.isEmpty()) {
          chunks(Math.min(end, from + FRAME), end);
        }
      }
      case "ALPH" -> alpha |= type.isEmpty();
      case "VP8X" -> canvas = from;
      case "EXIF" -> {
        var head = new String(file, from, Math.min(6, end - from), StandardCharsets.ISO_8859_1);
        var start = head.equals("Exif\0\0") ? from + 6 : from;
        orientation = StatedOrientation.in(Arrays.copyOfRange(file, start, end));
      }
      default -> {}
    }
  }

  private void mustBeAnImage() {
    if (type.isEmpty()) {
      throw ImageFileException.damaged("the WebP file has no image");
    }
    var lossless = type.equals("VP8L");
    var head = ByteBuffer.wrap(Arrays.copyOf(data, 10)).order(ByteOrder.LITTLE_ENDIAN);
    if (lossless ? head.get(0) != LOSSLESS : (head.getInt(3) & 0xffffff) != START_CODE) {
      throw ImageFileException.damaged("the data of the WebP file do not begin like an image");
    }
    var size = head.getInt(1);
    var width = lossless ? (size & 0x3fff) + 1 : head.getShort(6) & 0x3fff;
    var height = lossless ? (size >>> 14 & 0x3fff) + 1 : head.getShort(8) & 0x3fff;
    ImageFileException.refuseHuge(width, height);
    if (canvas > 0 && !animated && (of24(canvas + 4) != width || of24(canvas + 7) != height)) {
      throw ImageFileException.damaged("the WebP file states two sizes");
    }
    var from = Math.max(0, data.length - MOST_ZEROS);
    if (Arrays.equals(data, from, data.length, new byte[MOST_ZEROS], 0, MOST_ZEROS)) {
      throw ImageFileException.damaged("the data of the WebP file end in zeros");
    }
  }

  /** A size less one, in three bytes. */
  private int of24(int at) {
    return at + 3 > file.length ? 0 : (bytes.getInt(at) & 0xffffff) + 1;
  }

  /** Whether there is an alpha plane beside the image. */
  boolean alpha() {
    return alpha;
  }

  StatedOrientation orientation() {
    return orientation;
  }

  /**
   * A file of nothing but the image.
   *
   * @param less bytes that are left out at the end of the data
   */
  byte[] image(int less) {
    var length = Math.max(0, data.length - less);
    var padded = length + (length & 1);
    return ByteBuffer.allocate(START + CHUNK + padded)
        .order(ByteOrder.LITTLE_ENDIAN)
        .put("RIFF".getBytes(StandardCharsets.ISO_8859_1))
        .putInt(4 + CHUNK + padded)
        .put(("WEBP" + type).getBytes(StandardCharsets.ISO_8859_1))
        .putInt(length)
        .put(data, 0, length)
        .array();
  }
}
