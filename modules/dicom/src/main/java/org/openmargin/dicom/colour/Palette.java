package org.openmargin.dicom.colour;

import org.openmargin.dicom.file.Attribute;
import org.openmargin.dicom.file.Attributes;
import org.openmargin.dicom.file.Refusals;

/**
 * One colour of a palette (PS3.3, section C.7.6.3.1.5-6).
 *
 * @param first value that the first entry is for
 * @param levels of the entries, 0 to 255; entries of 16 bits keep their upper byte
 */
@SuppressWarnings("ArrayRecordComponent") // read only, never compared
record Palette(int first, int[] levels) {
  private static final int MOST_ENTRIES = 1 << 16;

  /**
   * @param signed whether values may be below zero
   */
  static Palette of(Attributes attributes, Attribute descriptor, Attribute data, boolean signed) {
    var words = attributes.words(descriptor);
    if (words.length != 3 || (words[2] != 8 && words[2] != 16)) {
      throw Refusals.damaged("has no usable %s", descriptor);
    }
    var count = words[0] == 0 ? MOST_ENTRIES : words[0];
    return new Palette(
        signed ? (short) words[1] : words[1], levels(attributes, data, count, words[2] == 16));
  }

  /** Entries of 8 bits lie two in a word, or, in some files, one. */
  private static int[] levels(Attributes attributes, Attribute data, int count, boolean wide) {
    var bytes = attributes.bytes(data);
    var single = !wide && bytes.length <= count + 1;
    if (bytes.length < (single ? count : 2 * count)) {
      throw Refusals.damaged("has %d bytes in %s, for %d entries", bytes.length, data, count);
    }
    var levels = new int[count];
    for (var i = 0; i < count; i++) {
      levels[i] = bytes[single ? i : wide ? 2 * i + 1 : 2 * i] & 0xff;
    }
    return levels;
  }

  /** Values before the first entry use the first, values behind the last use the last. */
  int level(int value) {
    return levels[Math.max(0, Math.min(levels.length - 1, value - first))];
  }
}
