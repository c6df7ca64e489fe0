package org.openmargin.files.image;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What the headers of a JPEG file have said so far (ITU-T T.81, B.2). */
final class JpegHeaders {
  private static final int MOST_TABLES = 4;

  private final Map<Integer, JpegHuffman> tables = new HashMap<>();
  private final Set<Integer> quantisations = new HashSet<>();
  private final Set<Integer> wantedQuantisations = new HashSet<>();
  private Optional<JpegFrame> frame = Optional.empty();
  private int restart;

  JpegFrame frame() {
    return frame.orElseThrow(() -> ImageFileException.damaged("the JPEG file has no frame"));
  }

  EncodedImage.Samples samples() {
    var grey = frame().components().size() == 1;
    return grey ? EncodedImage.Samples.GREY : EncodedImage.Samples.COLOUR;
  }

  void add(int code, byte[] segment) {
    try {
      switch (code) {
        case 0xc4 -> huffman(segment);
        case 0xc0, 0xc1, 0xc2 -> frame(code == 0xc2, segment);
        case 0xc3, 0xc5, 0xc6, 0xc7, 0xc9, 0xca, 0xcb, 0xcd, 0xce, 0xcf ->
            throw new NoImageException(
                "a lossless, hierarchical or arithmetic-coded JPEG image; save it as PNG");
        case 0xdb -> quantisation(segment);
        case 0xdd -> {
          mustHave(segment, 2);
          restart = word(segment, 0);
        }
        case 0xdc, 0xfe -> {}
        default -> {
          if (code < 0xe0 || code > 0xef) {
            throw ImageFileException.damaged("there is no JPEG marker %02x", code);
          }
        }
      }
    } catch (ArrayIndexOutOfBoundsException e) {
      throw new ImageFileException("damaged or cut off: a JPEG header is too short", e);
    }
  }

  private static void mustHave(byte[] segment, int length) {
    if (segment.length != length) {
      throw ImageFileException.damaged("a JPEG header has an impossible length");
    }
  }

  /** Tables of 64 numbers of one or two bytes. */
  private void quantisation(byte[] segment) {
    for (var at = 0; at < segment.length; ) {
      quantisations.add(mustBeTable(segment[at] & 15));
      at += 1 + ((segment[at] & 0xf0) == 0 ? 64 : 128);
      if (at > segment.length) {
        throw ImageFileException.damaged("a quantisation table is cut off");
      }
    }
  }

  private static int mustBeTable(int index) {
    if (index >= MOST_TABLES) {
      throw ImageFileException.damaged("a JPEG table has the impossible number %d", index);
    }
    return index;
  }

  private void huffman(byte[] segment) {
    for (var at = 0; at < segment.length; ) {
      mustBeTable(segment[at] & 0xef);
      var counts = new int[16];
      var sum = 0;
      for (var i = 0; i < 16; i++) {
        counts[i] = segment[at + 1 + i] & 0xff;
        sum += counts[i];
      }
      var end = at + 17 + sum;
      if (end > segment.length) {
        throw ImageFileException.damaged("a Huffman table is cut off");
      }
      tables.put(
          segment[at] & 0xff, new JpegHuffman(counts, Arrays.copyOfRange(segment, at + 17, end)));
      at = end;
    }
  }

  private void frame(boolean progressive, byte[] segment) {
    if (frame.isPresent()) {
      throw ImageFileException.damaged("the JPEG file has two frames");
    }
    if (segment[0] != 8) {
      throw new NoImageException(
          "a JPEG image of %d bits per sample; save it as PNG".formatted(segment[0]));
    }
    mustHave(segment, 6 + 3 * segment[5]);
    var components = new ArrayList<JpegFrame.Component>();
    for (var i = 0; i < segment[5]; i++) {
      wantedQuantisations.add(segment[8 + 3 * i] & 0xff);
      components.add(JpegFrame.Component.of(segment[6 + 3 * i] & 0xff, segment[7 + 3 * i] & 0xff));
    }
    var read = JpegFrame.of(word(segment, 3), word(segment, 1), progressive, components);
    read.mustBeUsable();
    frame = Optional.of(read);
  }

  JpegScan scan(byte[] segment) {
    var found = frame();
    if (!quantisations.containsAll(wantedQuantisations)) {
      throw ImageFileException.damaged("a quantisation table is missing");
    }
    try {
      var count = segment[0];
      var band = 1 + 2 * count;
      mustHave(segment, band + 3);
      var parts = new ArrayList<JpegScan.Part>();
      for (var i = 0; i < count; i++) {
        var ids = segment[2 + 2 * i] & 0xff;
        parts.add(
            new JpegScan.Part(
                found.component(segment[1 + 2 * i] & 0xff),
                tables.getOrDefault(ids >> 4, JpegHuffman.EMPTY).mustBeOfDc(),
                tables.getOrDefault(0x10 | (ids & 15), JpegHuffman.EMPTY)));
      }
      var bits = segment[band + 2] & 0xff;
      var scan =
          new JpegScan(
              found, parts, segment[band], segment[band + 1], bits >> 4, bits & 15, restart);
      scan.mustBeUsable();
      return scan;
    } catch (ArrayIndexOutOfBoundsException e) {
      throw new ImageFileException("damaged or cut off: a JPEG header is too short", e);
    }
  }

  static int word(byte[] bytes, int at) {
    return ((bytes[at] & 0xff) << 8) | (bytes[at + 1] & 0xff);
  }
}
