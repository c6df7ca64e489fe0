package org.openmargin.files;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

/**
 * The expected bytes come from a bit-by-bit CRC-32C in another language (crc("123456789") =
 * e3069283).
 */
class TfRecordsTest {

  @Test
  void aRecordIsLengthChecksumPayloadChecksum() throws IOException {
    assertThat(written("123456789"))
        .isEqualTo("0900000000000000" + "37f97139" + "313233343536373839" + "e5b08ac7");
  }

  @Test
  void anEmptyRecordHasChecksumsToo() throws IOException {
    assertThat(written("")).isEqualTo("0000000000000000" + "29039807" + "d8ea82a2");
  }

  @Test
  void recordsFollowEachOther() throws IOException {
    assertThat(written("", "123456789")).isEqualTo(written("") + written("123456789"));
  }

  private static String written(String... payloads) throws IOException {
    var out = new ByteArrayOutputStream();
    for (var payload : payloads) {
      TfRecords.write(out, payload.getBytes(StandardCharsets.UTF_8));
    }
    return HexFormat.of().formatHex(out.toByteArray());
  }
}
