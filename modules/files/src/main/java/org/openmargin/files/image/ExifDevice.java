package org.openmargin.files.image;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * The device that a JPEG or TIFF file names: make and model, tags 010F and 0110 of the first
 * directory (CIPA DC-008). Nothing else of the file's header is looked at.
 */
public final class ExifDevice {
  private static final int MAKE = 0x010f;
  private static final int MODEL = 0x0110;
  private static final int ASCII = 2;
  private static final int ENTRY_BYTES = 12;
  private static final int EXIF_SEGMENT = 0xe1;
  private static final int START_OF_SCAN = 0xda;
  private static final byte[] EXIF = {'E', 'x', 'i', 'f', 0, 0};

  private ExifDevice() {}

  /**
   * Make and model; empty if the file does not say, or says it in a damaged way.
   *
   * @param head first bytes of the file
   */
  public static String of(byte[] head) {
    try {
      return directory(head).map(ExifDevice::device).orElse("");
    } catch (IndexOutOfBoundsException | IllegalArgumentException e) {
      // A damaged directory, or one beyond the head; whether the file can be used is decided
      // elsewhere.
      return "";
    }
  }

  /** The TIFF structure, from its header on. */
  private static Optional<ByteBuffer> directory(byte[] head) {
    var format = ImageFormat.of(head);
    if (format.filter(f -> f == ImageFormat.TIFF).isPresent()) {
      return Optional.of(ByteBuffer.wrap(head));
    }
    if (format.filter(f -> f == ImageFormat.JPEG).isEmpty()) {
      return Optional.empty();
    }
    var bytes = ByteBuffer.wrap(head);
    var at = 2;
    while (bytes.get(at) == (byte) 0xff && (bytes.get(at + 1) & 0xff) != START_OF_SCAN) {
      var length = bytes.getShort(at + 2) & 0xffff;
      var isExif = bytes.slice(at + 4, EXIF.length).equals(ByteBuffer.wrap(EXIF));
      if ((bytes.get(at + 1) & 0xff) == EXIF_SEGMENT && isExif) {
        return Optional.of(bytes.slice(at + 4 + EXIF.length, length - 2 - EXIF.length));
      }
      at += 2 + length;
    }
    return Optional.empty();
  }

  private static String device(ByteBuffer tiff) {
    tiff.order(tiff.get(0) == 'I' ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
    var at = tiff.getInt(4);
    var entries = tiff.getShort(at) & 0xffff;
    var device = new StringBuilder();
    for (var entry = 0; entry < entries; entry++) {
      var start = at + 2 + entry * ENTRY_BYTES;
      var tag = tiff.getShort(start) & 0xffff;
      if ((tag == MAKE || tag == MODEL) && tiff.getShort(start + 2) == ASCII) {
        device.append(text(tiff, start)).append(' ');
      }
    }
    return device.toString().strip();
  }

  private static String text(ByteBuffer tiff, int entry) {
    var length = tiff.getInt(entry + 4);
    var at = length <= 4 ? entry + 8 : tiff.getInt(entry + 8);
    var text = new byte[length];
    tiff.slice(at, length).get(text);
    return new String(text, StandardCharsets.ISO_8859_1).replace("\0", "").strip();
  }
}
