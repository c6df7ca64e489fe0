package org.openmargin.experiment;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Writes a DICOM file of 12 bits, explicit little endian, whose header holds a mark in an element
 * of each kind of text.
 */
record DicomSample(String mark) {
  private static final List<String> SHORT =
      List.of("AE", "AS", "CS", "DA", "DS", "DT", "IS", "LO", "LT", "PN", "SH", "ST", "TM", "UI");
  private static final List<String> LONG = List.of("UC", "UN", "UR", "UT", "OB");
  private static final int PATIENT = 0x0010;

  /**
   * @param values {@code [frames, side, side]}, 0 to 4095
   */
  byte[] file(int[] values, int side) {
    var file = new ByteArrayOutputStream();
    file.writeBytes(mark.repeat(20).substring(0, 128).getBytes(StandardCharsets.ISO_8859_1));
    file.writeBytes(text("DICM"));
    element(file, 2, 0x0010, "UI", text("1.2.840.10008.1.2.1\0"));
    element(file, 8, 0x0018, "UI", text(mark));
    element(file, 8, 0x0020, "DA", text(mark));
    for (var i = 0; i < SHORT.size(); i++) {
      element(file, PATIENT, 0x10 + i, SHORT.get(i), text(mark));
    }
    for (var i = 0; i < LONG.size(); i++) {
      element(file, 0x0011, 0x1000 + i, LONG.get(i), text(mark));
    }
    pixels(file, values, side);
    element(file, 0xfffc, 0xfffc, "OB", text(mark));
    return file.toByteArray();
  }

  private static void pixels(ByteArrayOutputStream file, int[] values, int side) {
    element(file, 0x28, 0x0002, "US", word(1));
    element(file, 0x28, 0x0004, "CS", text("MONOCHROME2 "));
    element(file, 0x28, 0x0008, "IS", text("%d ".formatted(values.length / side / side)));
    element(file, 0x28, 0x0010, "US", word(side));
    element(file, 0x28, 0x0011, "US", word(side));
    element(file, 0x28, 0x0100, "US", word(16));
    element(file, 0x28, 0x0101, "US", word(12));
    element(file, 0x28, 0x0102, "US", word(11));
    element(file, 0x28, 0x0103, "US", word(0));
    element(file, 0x28, 0x0301, "CS", text("YES "));
    element(file, 0x28, 0x1050, "DS", text("1024\\40 "));
    element(file, 0x28, 0x1051, "DS", text("2048\\400"));
    var pixels = new ByteArrayOutputStream();
    for (var value : values) {
      pixels.writeBytes(word(value));
    }
    element(file, 0x7fe0, 0x0010, "OW", pixels.toByteArray());
  }

  private static void element(
      ByteArrayOutputStream file, int group, int number, String vr, byte[] value) {
    file.writeBytes(word(group));
    file.writeBytes(word(number));
    file.writeBytes(text(vr));
    if (SHORT.contains(vr) || vr.equals("US")) {
      file.writeBytes(word(value.length));
    } else {
      file.writeBytes(word(0));
      file.writeBytes(word(value.length));
      file.writeBytes(word(value.length >> 16));
    }
    file.writeBytes(value);
  }

  private static byte[] word(int value) {
    return new byte[] {(byte) value, (byte) (value >> 8)};
  }

  private static byte[] text(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }
}
