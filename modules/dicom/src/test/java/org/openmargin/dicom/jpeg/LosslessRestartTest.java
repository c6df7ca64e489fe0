package org.openmargin.dicom.jpeg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openmargin.files.image.ImageFileException;

/** Restart intervals, which dcmtk does not write, by an encoder of their own (ITU-T T.81, H.1). */
class LosslessRestartTest {
  private static final int ROWS = 11;
  private static final int COLUMNS = 9;

  @ParameterizedTest
  @CsvSource({
    "1, 1, 16",
    "2, 1, 16",
    "3, 2, 12",
    "4, 3, 16",
    "5, 2, 16",
    "6, 1, 12",
    "7, 4, 16",
    "1, 11, 8",
    "4, 0, 16"
  })
  void samplesComeBack(int predictor, int rowsBetween, int precision) {
    var samples = samples(precision);
    var file = encoded(samples, predictor, rowsBetween, precision);
    var decoded = LosslessJpeg.read(file).decode();
    for (var i = 0; i < samples.length; i++) {
      assertThat(decoded[i] & 0xffff).isEqualTo(samples[i]);
    }
  }

  @ParameterizedTest
  @CsvSource({"1", "7"})
  void aMissingMarkerIsFound(int predictor) {
    var file = encoded(samples(16), predictor, 1, 16);
    for (var i = 0; i < file.length - 1; i++) {
      if ((file[i] & 0xff) == 0xff && (file[i + 1] & 0xff) == 0xd3) {
        file[i + 1] = (byte) 0xd4;
      }
    }
    assertThatThrownBy(() -> LosslessJpeg.read(file).decode())
        .isInstanceOf(ImageFileException.class)
        .hasMessageContaining("without a restart marker where one belongs");
  }

  private static int[] samples(int precision) {
    return new Random(precision).ints(ROWS * COLUMNS, 0, 1 << precision).toArray();
  }

  private static byte[] encoded(int[] samples, int predictor, int rowsBetween, int precision) {
    var out = new ByteArrayOutputStream();
    write(out, 0xff, 0xd8, 0xff, 0xdd, 0, 4, 0, rowsBetween * COLUMNS);
    write(out, 0xff, 0xc3, 0, 11, precision, 0, ROWS, 0, COLUMNS, 1, 1, 0x11, 0);
    // A code of five bits for each length of a difference.
    write(out, 0xff, 0xc4, 0, 36, 0, 0, 0, 0, 0, 17, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
    for (var length = 0; length <= 16; length++) {
      out.write(length);
    }
    write(out, 0xff, 0xda, 0, 8, 1, 1, 0, predictor, 0, 0);
    var bits = new StringBuilder();
    for (var y = 0; y < ROWS; y++) {
      var fresh = y == 0 || (rowsBetween > 0 && y % rowsBetween == 0);
      if (fresh && y > 0) {
        flush(out, bits);
        write(out, 0xff, 0xd0 + (y / rowsBetween - 1) % 8);
      }
      for (var x = 0; x < COLUMNS; x++) {
        var start = 1 << (precision - 1);
        bits.append(
            difference(
                samples[y * COLUMNS + x] - predicted(samples, y, x, fresh, predictor, start)));
      }
    }
    flush(out, bits);
    write(out, 0xff, 0xd9);
    return out.toByteArray();
  }

  private static int predicted(
      int[] samples, int y, int x, boolean fresh, int predictor, int start) {
    var at = y * COLUMNS + x;
    if (fresh) {
      return x == 0 ? start : samples[at - 1];
    }
    var b = samples[at - COLUMNS];
    if (x == 0) {
      return b;
    }
    var a = samples[at - 1];
    var c = samples[at - COLUMNS - 1];
    return new int[] {a, b, c, a + b - c, a + ((b - c) >> 1), b + ((a - c) >> 1), (a + b) >> 1}
        [predictor - 1];
  }

  /** Modulo 65536: the length, then the number, one less if it is negative. */
  private static String difference(int exact) {
    var difference = (short) exact;
    var size = difference < 0 ? -difference : difference;
    var length = 32 - Integer.numberOfLeadingZeros(size);
    var code = binary(length, 5);
    if (length == 0 || length == 16) {
      return code;
    }
    return code + binary(difference < 0 ? difference + (1 << length) - 1 : difference, length);
  }

  private static String binary(int value, int length) {
    var digits = Integer.toBinaryString(value);
    return "0".repeat(length - digits.length()) + digits;
  }

  private static void flush(ByteArrayOutputStream out, StringBuilder bits) {
    while (bits.length() % 8 != 0) {
      bits.append('1');
    }
    for (var i = 0; i < bits.length(); i += 8) {
      var value = Integer.parseInt(bits.substring(i, i + 8), 2);
      out.write(value);
      if (value == 0xff) {
        out.write(0);
      }
    }
    bits.setLength(0);
  }

  private static void write(ByteArrayOutputStream out, int... bytes) {
    for (var value : bytes) {
      out.write(value);
    }
  }
}
