package org.openmargin.dicom.pixel;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.openmargin.dicom.file.Refusals;
import org.openmargin.dicom.file.TransferSyntax.Known;

/** RLE Lossless (PS3.5, annex G): a segment for each byte of each sample, high bytes first. */
final class RleFrame {
  private static final int HEADER = 64;
  private static final int MOST_SEGMENTS = 15;

  /** Two bytes stand for at most so many. */
  private static final int BEST_PAIR = 128;

  private RleFrame() {}

  static short[] decode(byte[] frame, PixelLayout layout) {
    var expected = layout.photometric().samples() * layout.bits().bytes();
    var offsets = offsets(frame, expected);
    for (var i = 0; i < expected; i++) {
      var bytes = (long) offsets[i + 1] - offsets[i];
      if (bytes / 2 * BEST_PAIR + BEST_PAIR < layout.pixels()) {
        throw Refusals.damaged(
            "has %d bytes of %s for %d pixels", bytes, Known.RLE, layout.pixels());
      }
    }
    var samples = new short[layout.samples()];
    for (var i = 0; i < expected; i++) {
      var target = new Target(samples, layout, i);
      unpack(frame, offsets[i], offsets[i + 1], target);
    }
    return samples;
  }

  private static int[] offsets(byte[] frame, int expected) {
    if (frame.length < HEADER) {
      throw Refusals.damaged("has an RLE frame of %d bytes, without a header", frame.length);
    }
    var header = ByteBuffer.wrap(frame).order(ByteOrder.LITTLE_ENDIAN);
    var count = header.getInt();
    if (count != expected || count > MOST_SEGMENTS) {
      throw Refusals.damaged("has %d RLE segments in a frame, not %d", count, expected);
    }
    var offsets = new int[count + 1];
    offsets[count] = frame.length;
    for (var i = 0; i < count; i++) {
      offsets[i] = header.getInt();
    }
    for (var i = 0; i < count; i++) {
      if (offsets[i] < HEADER || offsets[i] > offsets[i + 1]) {
        throw Refusals.damaged("has RLE segment %d at byte %d of its frame", i + 1, offsets[i]);
      }
    }
    return offsets;
  }

  private static void unpack(byte[] frame, int from, int end, Target target) {
    var left = target.layout.pixels();
    for (var at = from; left > 0; ) {
      if (at + 1 >= end) {
        throw Refusals.damaged("ends in an RLE segment, %d bytes before its end", left);
      }
      var control = frame[at++];
      if (control == Byte.MIN_VALUE) {
        continue;
      }
      var run = Math.min(left, control < 0 ? 1 - control : 1 + control);
      if (control >= 0 && at + run > end) {
        throw Refusals.damaged("ends in an RLE segment, %d bytes before its end", left);
      }
      for (var i = 0; i < run; i++) {
        target.put(frame[control < 0 ? at : at + i]);
      }
      at += control < 0 ? 1 : run;
      left -= run;
    }
  }

  /** Where the bytes of a segment belong. */
  private static final class Target {
    private final short[] samples;
    private final PixelLayout layout;
    private final int shift;
    private int next;

    Target(short[] samples, PixelLayout layout, int segment) {
      this.samples = samples;
      this.layout = layout;
      var bytes = layout.bits().bytes();
      this.next = segment / bytes;
      this.shift = 8 * (bytes - 1 - segment % bytes);
    }

    void put(byte value) {
      samples[next] |= (short) ((value & 0xff) << shift);
      next += layout.photometric().samples();
    }
  }
}
