package org.openmargin.dicom.jpeg;

import org.openmargin.dicom.file.Refusals;

/** Markers and segments of a JPEG file (ITU-T T.81, annex B.1.1). */
final class JpegSegments {
  private final byte[] file;
  private int at;
  private int end;

  JpegSegments(byte[] file) {
    this.file = file;
    this.end = file.length;
  }

  /** The next marker, which must be here, with any fill bytes before it. */
  int marker() {
    end = file.length;
    if (next() != 0xff) {
      throw Refusals.damaged("has a JPEG frame without a marker at its byte %d", at - 1);
    }
    var code = next();
    while (code == 0xff) {
      code = next();
    }
    return 0xff00 | code;
  }

  /** Begins a segment: nothing behind its end is read until {@link #close}. */
  void open() {
    var start = at;
    var length = word();
    if (length < 2 || start + length > file.length) {
      throw Refusals.damaged("has a JPEG segment of %d bytes at byte %d", length, start);
    }
    end = start + length;
  }

  boolean inside() {
    return at < end;
  }

  void close() {
    at = end;
    end = file.length;
  }

  int next() {
    if (at >= end) {
      throw Refusals.damaged("has a JPEG frame or segment that ends at byte %d", end);
    }
    return file[at++] & 0xff;
  }

  int word() {
    return (next() << 8) | next();
  }

  int remaining() {
    return file.length - at;
  }

  /** The compressed data from here on. */
  JpegData data() {
    return new JpegData();
  }

  /** Bits of compressed data, high ones first, without the zeros behind bytes of ones. */
  final class JpegData {
    private int bits;
    private int count;

    int bit() {
      if (count == 0) {
        bits = next();
        count = 8;
        if (bits == 0xff && next() != 0) {
          throw Refusals.damaged("has a JPEG frame whose data end before its pixels");
        }
      }
      count--;
      return (bits >> count) & 1;
    }

    int bits(int length) {
      var value = 0;
      for (var i = 0; i < length; i++) {
        value = (value << 1) | bit();
      }
      return value;
    }

    /** Skips what is left of a byte and a restart marker. */
    void restart(int number) {
      count = 0;
      if (marker() != 0xffd0 + number % 8) {
        throw Refusals.damaged("has a JPEG frame without a restart marker where one belongs");
      }
    }
  }
}
