package org.openmargin.files.image;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32;

/**
 * Reads a PNG file chunk by chunk (PNG specification, section 5): all checksums, the end chunk, and
 * as many compressed pixels as the header promises.
 */
final class PngFile {
  private static final int SIGNATURE = 8;
  private static final int HEADER = 13;

  private final byte[] file;
  private final List<byte[]> data = new ArrayList<>();
  private byte[] header = new byte[0];
  private boolean palette;
  private boolean transparency;

  private PngFile(byte[] file) {
    this.file = file;
  }

  /**
   * @throws ImageFileException if the file is damaged
   */
  static EncodedImage.Samples whole(byte[] file) {
    var png = new PngFile(file);
    png.chunks();
    var layout = PngLayout.of(png.header);
    if (layout.color() == PngLayout.PALETTE && !png.palette) {
      throw ImageFileException.damaged("the PNG file has no palette");
    }
    layout.mustBeComplete(png.data);
    return layout.samples(png.transparency);
  }

  private void chunks() {
    var bytes = ByteBuffer.wrap(file);
    for (var at = SIGNATURE; ; ) {
      if (at + 12L > file.length) {
        throw ImageFileException.damaged("the PNG file has no end chunk");
      }
      var length = bytes.getInt(at);
      if (length < 0 || at + 12L + length > file.length) {
        throw ImageFileException.damaged("the PNG file ends in a chunk");
      }
      var type = new String(file, at + 4, 4, StandardCharsets.ISO_8859_1);
      mustHaveChecksum(at + 4, length + 4, bytes.getInt(at + 8 + length));
      if (type.equals("IEND")) {
        return;
      }
      chunk(type, Arrays.copyOfRange(file, at + 8, at + 8 + length));
      at += 12 + length;
    }
  }

  private void chunk(String type, byte[] content) {
    if (header.length == 0 && (!type.equals("IHDR") || content.length != HEADER)) {
      throw ImageFileException.damaged("the PNG file does not begin with its header");
    }
    switch (type) {
      case "IHDR" -> header = content;
      case "IDAT" -> data.add(content);
      case "PLTE" -> palette = true;
      case "tRNS" -> transparency = true;
      default -> {}
    }
  }

  private void mustHaveChecksum(int from, int length, int expected) {
    var checksum = new CRC32();
    checksum.update(file, from, length);
    if ((int) checksum.getValue() != expected) {
      throw ImageFileException.damaged("a chunk of the PNG file has a wrong checksum");
    }
  }
}
