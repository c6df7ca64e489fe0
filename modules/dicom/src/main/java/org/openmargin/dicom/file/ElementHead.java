package org.openmargin.dicom.file;

import java.util.Set;

/**
 * The beginning of a data element (PS3.5, section 7.1).
 *
 * @param vr value representation; empty if the syntax does not write it
 * @param length of the value, or {@link #UNDEFINED}
 * @param at where the element begins
 */
record ElementHead(int tag, String vr, long length, int at) {
  static final long UNDEFINED = 0xffffffffL;
  static final int ITEM = 0xfffee000;
  static final int ITEM_END = 0xfffee00d;
  static final int SEQUENCE_END = 0xfffee0dd;
  static final int PIXELS = 0x7fe00010;
  static final int FLOAT_PIXELS = 0x7fe00008;
  static final int DOUBLE_PIXELS = 0x7fe00009;
  private static final int DELIMITERS = 0xfffe;
  private static final Set<String> SHORT =
      Set.of(
          "AE", "AS", "AT", "CS", "DA", "DS", "DT", "FL", "FD", "IS", "LO", "LT", "PN", "SH", "SL",
          "SS", "ST", "TM", "UI", "UL", "US");
  private static final Set<String> LONG =
      Set.of("OB", "OD", "OF", "OL", "OV", "OW", "SQ", "SV", "UC", "UN", "UR", "UT", "UV");

  /**
   * @param explicit whether value representations are written
   */
  static ElementHead read(DataBytes bytes, boolean explicit) {
    var at = bytes.position();
    var tag = bytes.tag();
    if (!explicit || tag >>> 16 == DELIMITERS) {
      return new ElementHead(tag, "", bytes.longWord(), at);
    }
    var vr = bytes.pair();
    if (SHORT.contains(vr)) {
      return new ElementHead(tag, vr, bytes.word(), at);
    }
    if (!LONG.contains(vr)) {
      throw Refusals.damaged(
          "has an element %s at byte %d without a value representation", Refusals.name(tag), at);
    }
    bytes.skip(2);
    return new ElementHead(tag, vr, bytes.longWord(), at);
  }

  boolean undefined() {
    return length == UNDEFINED;
  }

  /** A length that must be there, checked against what is left. */
  int lengthWithin(int left) {
    if (undefined()) {
      throw Refusals.damaged("has %s without a length", this);
    }
    if (length > left) {
      throw Refusals.damaged(
          "has %s with a length of %d bytes, but %d are left", this, length, Math.max(0, left));
    }
    return (int) length;
  }

  /** Tag and place, for messages. */
  @Override
  public String toString() {
    return "an element %s at byte %d".formatted(Refusals.name(tag), at);
  }
}
