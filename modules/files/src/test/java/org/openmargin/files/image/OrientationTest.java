package org.openmargin.files.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OrientationTest {

  /** CIPA DC-008: 2 mirrored, 3 half a turn, 4 upside down, 5 transposed, 6 and 8 quarter turns. */
  @ParameterizedTest
  @CsvSource({
    "0, false, false, false",
    "1, false, false, false",
    "2, true, false, false",
    "3, true, true, false",
    "4, false, true, false",
    "5, false, false, true",
    "6, false, true, true",
    "7, true, true, true",
    "8, true, false, true",
    "9, false, false, false"
  })
  void eachValueMeansMirrorsAndAnExchange(
      int value, boolean mirrored, boolean upsideDown, boolean transposed) {
    for (var order : new ByteOrder[] {ByteOrder.LITTLE_ENDIAN, ByteOrder.BIG_ENDIAN}) {
      for (var jfif : new boolean[] {false, true}) {
        var head = head(value, order, jfif);
        assertThat(Orientation.MIRRORED.in(head)).isEqualTo(mirrored);
        assertThat(Orientation.UPSIDE_DOWN.in(head)).isEqualTo(upsideDown);
        assertThat(Orientation.TRANSPOSED.in(head)).isEqualTo(transposed);
      }
    }
  }

  /** Start of image, JFIF's segment, Exif's with two entries before the one that counts. */
  private static byte[] head(int value, ByteOrder order, boolean jfif) {
    var head = ByteBuffer.allocate(200);
    head.putShort((short) 0xffd8);
    if (jfif) {
      head.putInt(0xffe00010).put("JFIF\0".getBytes(StandardCharsets.ISO_8859_1)).put(new byte[9]);
    }
    head.putInt(0xffe10060).put("Exif\0\0".getBytes(StandardCharsets.ISO_8859_1));
    head.order(order);
    head.put((order == ByteOrder.BIG_ENDIAN ? "MM" : "II").getBytes(StandardCharsets.ISO_8859_1));
    head.putShort((short) 42).putInt(8).putShort((short) 3);
    head.putShort((short) 0x10f).putShort((short) 2).putInt(4).putInt(0x01120003);
    head.putShort((short) 0x110).putShort((short) 2).putInt(4).putInt(0);
    head.putShort((short) 0x112).putShort((short) 3).putInt(1).putShort((short) value);
    return head.array();
  }
}
