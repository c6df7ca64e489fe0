package org.openmargin.dicom.grey;

import java.util.Optional;
import org.openmargin.dicom.file.Attribute;
import org.openmargin.dicom.pixel.StoredFrame;

/**
 * How often each stored value occurs in a frame, without those that only fill it up (PS3.3, section
 * C.7.5.1.1.2).
 *
 * @param counts by value, from the smallest that is possible
 */
@SuppressWarnings("ArrayRecordComponent") // read only, never compared
record ValueCounts(int smallest, int[] counts, long pixels) {

  static ValueCounts of(StoredFrame frame, FrameAttributes attributes) {
    var bits = frame.layout().bits();
    var smallest = bits.signed() ? -(1 << (bits.stored() - 1)) : 0;
    var counts = new int[1 << bits.stored()];
    for (var i = 0; i < frame.samples().length; i++) {
      counts[frame.value(i) - smallest]++;
    }
    var padding = attributes.image().word(Attribute.PADDING);
    padding.ifPresent(
        value -> {
          var at = (bits.signed() ? (short) value : value) - smallest;
          if (at >= 0 && at < counts.length) {
            counts[at] = 0;
          }
        });
    var pixels = 0L;
    for (var count : counts) {
      pixels += count;
    }
    return new ValueCounts(smallest, counts, pixels);
  }

  /** The smallest value that so many percent of the values do not exceed; empty without values. */
  Optional<Integer> percentile(double percent) {
    var rank = Math.max(1, (long) Math.ceil(percent / 100 * pixels));
    var seen = 0L;
    for (var i = 0; i < counts.length; i++) {
      seen += counts[i];
      if (seen >= rank) {
        return Optional.of(smallest + i);
      }
    }
    return Optional.empty();
  }
}
