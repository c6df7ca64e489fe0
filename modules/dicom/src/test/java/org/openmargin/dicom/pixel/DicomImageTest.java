package org.openmargin.dicom.pixel;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Files of pydicom and dcmtk, with the values that pydicom reads: see tools/dicom. */
class DicomImageTest {

  /** A line of expected.csv. */
  record Expected(
      String name, int frames, int rows, int columns, int samples, int tolerance, String sha256) {

    static Expected of(String line) {
      var fields = line.split(",", -1);
      return new Expected(
          fields[0],
          Integer.parseInt(fields[1]),
          Integer.parseInt(fields[2]),
          Integer.parseInt(fields[3]),
          Integer.parseInt(fields[4]),
          Integer.parseInt(fields[5]),
          fields[6]);
    }

    @Override
    public String toString() {
      return name;
    }
  }

  static List<Expected> files() throws IOException {
    return new String(resource("expected.csv"), UTF_8).lines().map(Expected::of).toList();
  }

  @ParameterizedTest
  @MethodSource("files")
  void valuesAreThoseOfPydicom(Expected expected) throws IOException, NoSuchAlgorithmException {
    var image = DicomImage.read(resource(expected.name() + ".dcm"));

    var layout = image.layout();
    assertThat(List.of(layout.frames(), layout.rows(), layout.columns()))
        .containsExactly(expected.frames(), expected.rows(), expected.columns());
    assertThat(layout.photometric().samples()).isEqualTo(expected.samples());
    var values = ByteBuffer.allocate(4 * layout.frames() * layout.samples());
    values.order(ByteOrder.LITTLE_ENDIAN);
    for (var i = 0; i < layout.frames(); i++) {
      var frame = image.frame(i);
      for (var j = 0; j < layout.samples(); j++) {
        values.putInt(frame.value(j));
      }
    }
    if (expected.tolerance() == 0) {
      var digest = MessageDigest.getInstance("SHA-256").digest(values.array());
      assertThat(HexFormat.of().formatHex(digest)).isEqualTo(expected.sha256());
    } else {
      var wanted = resource(expected.name() + ".values");
      assertThat(wanted).hasSize(values.capacity() / 4);
      for (var j = 0; j < wanted.length; j++) {
        assertThat(Math.abs(values.getInt(4 * j) - (wanted[j] & 0xff)))
            .isLessThanOrEqualTo(expected.tolerance());
      }
    }
  }

  static byte[] resource(String name) throws IOException {
    try (var in = DicomImageTest.class.getResourceAsStream("/dicom/" + name)) {
      return in.readAllBytes();
    }
  }
}
