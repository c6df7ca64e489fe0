package org.openmargin.cli;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Small DICOM files, explicit little endian. */
final class DicomFiles {
  private static final List<String> LONG = List.of("OB", "OW");

  private final ByteArrayOutputStream file = new ByteArrayOutputStream();

  private DicomFiles(String instance) {
    file.writeBytes(new byte[128]);
    file.writeBytes(text("DICM"));
    element(2, 0x0010, "UI", text("1.2.840.10008.1.2.1\0"));
    element(8, 0x0018, "UI", text(instance));
  }

  /** Twelve bits, a window of the file. */
  static byte[] grey(int[] samples, int width) {
    var dicom = new DicomFiles("1.2.3.4 ");
    dicom.layout("MONOCHROME2 ", samples.length / width, width, 12);
    dicom.element(0x28, 0x1050, "DS", text("2048"));
    dicom.element(0x28, 0x1051, "DS", text("3000"));
    var pixels = new ByteArrayOutputStream();
    for (var sample : samples) {
      pixels.writeBytes(word(sample >> 4));
    }
    dicom.element(0x7fe0, 0x0010, "OW", pixels.toByteArray());
    return dicom.file.toByteArray();
  }

  /** Eight bits, pixel by pixel. */
  static byte[] rgb(int[] samples, int width) {
    var dicom = new DicomFiles("1.2.3.5 ");
    dicom.layout("RGB ", samples.length / width / 3, width, 8);
    var pixels = new byte[samples.length];
    for (var i = 0; i < pixels.length; i++) {
      pixels[i] = (byte) samples[i];
    }
    dicom.element(0x7fe0, 0x0010, "OB", pixels);
    return dicom.file.toByteArray();
  }

  private void layout(String colours, int height, int width, int bits) {
    var grey = colours.startsWith("MONO");
    element(0x28, 0x0002, "US", word(grey ? 1 : 3));
    element(0x28, 0x0004, "CS", text(colours));
    if (!grey) {
      element(0x28, 0x0006, "US", word(0));
    }
    element(0x28, 0x0010, "US", word(height));
    element(0x28, 0x0011, "US", word(width));
    element(0x28, 0x0100, "US", word(bits > 8 ? 16 : 8));
    element(0x28, 0x0101, "US", word(bits));
    element(0x28, 0x0102, "US", word(bits - 1));
    element(0x28, 0x0103, "US", word(0));
  }

  private void element(int group, int number, String vr, byte[] value) {
    file.writeBytes(word(group));
    file.writeBytes(word(number));
    file.writeBytes(text(vr));
    if (LONG.contains(vr)) {
      file.writeBytes(word(0));
      file.writeBytes(word(value.length));
      file.writeBytes(word(value.length >> 16));
    } else {
      file.writeBytes(word(value.length));
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
