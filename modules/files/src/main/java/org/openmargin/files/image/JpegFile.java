package org.openmargin.files.image;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;

/**
 * Reads a JPEG file from its first marker to its last (ITU-T T.81, annex B), with every coefficient
 * in between: a decoder fills what is missing with grey, so only this shows that a file is whole.
 */
final class JpegFile {
  private static final int START = 0xd8;
  private static final int END = 0xd9;
  private static final int SCAN = 0xda;
  private static final int PROFILE = 0xe2;

  private final byte[] file;
  private final JpegHeaders headers = new JpegHeaders();

  private JpegFile(byte[] file) {
    this.file = file;
  }

  /**
   * @throws ImageFileException if the file is damaged or of a kind that decoders treat differently
   */
  static EncodedImage.Samples whole(byte[] file) {
    var jpeg = new JpegFile(file);
    jpeg.read();
    return jpeg.headers.samples();
  }

  /**
   * Leaves out the segments that hold colour profiles: some decoders apply them, TensorFlow's does
   * not.
   *
   * @param file a whole JPEG file
   */
  static byte[] withoutProfile(byte[] file) {
    var jpeg = new JpegFile(file);
    var kept = new ByteArrayOutputStream(file.length);
    kept.write(file, 0, 2);
    for (var at = 2; ; ) {
      var start = at;
      at = jpeg.marker(at);
      var code = file[at - 1] & 0xff;
      if (code == SCAN) {
        kept.write(file, start, file.length - start);
        return kept.toByteArray();
      }
      at += jpeg.length(at);
      if (code != PROFILE) {
        kept.write(file, start, at - start);
      }
    }
  }

  private void read() {
    var at = 2;
    var steps = 0;
    while (true) {
      var start = at;
      at = marker(at);
      steps += at - start - 1;
      var code = file[at - 1] & 0xff;
      if (steps > EncodedImage.MOST_SEGMENTS) {
        throw ImageFileException.damaged("the JPEG file has too many segments before its picture");
      }
      if (code == END) {
        headers.frame().mustBeComplete();
        return;
      }
      if (code == START || (code >= 0xd0 && code < START)) {
        throw ImageFileException.damaged("a JPEG marker is out of place");
      }
      var length = length(at);
      var segment = Arrays.copyOfRange(file, at + 2, at + length);
      at += length;
      if (code == SCAN) {
        steps = Integer.MIN_VALUE;
        at = headers.scan(segment).read(file, at);
      } else {
        headers.add(code, segment);
      }
    }
  }

  /** Where the code of the next marker ends; any number of ff may precede it. */
  private int marker(int from) {
    var at = from;
    while (at < file.length && (file[at] & 0xff) == 0xff) {
      at++;
    }
    if (at >= file.length) {
      throw ImageFileException.damaged("the JPEG file has no end marker");
    }
    if (at == from || file[at] == 0) {
      throw ImageFileException.damaged("there is no JPEG marker at byte %d", from);
    }
    return at + 1;
  }

  private int length(int at) {
    var length = at + 1 < file.length ? JpegHeaders.word(file, at) : 0;
    if (length < 2 || at + length > file.length) {
      throw ImageFileException.damaged("the JPEG file ends in a header");
    }
    return length;
  }
}
