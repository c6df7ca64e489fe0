package org.openmargin.parquet.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openmargin.files.table.TableFileException;

/** Examples of Encodings.md, and the same with lies in them. */
class PageBytesTest {
  private static PageBytes bytes(int... values) {
    var bytes = ByteBuffer.allocate(values.length);
    for (var value : values) {
      bytes.put((byte) value);
    }
    return new PageBytes(bytes.flip());
  }

  @Test
  void runsAreRepeatedOrPackedByEights() {
    // 0 to 7 in three bits each, then 300 times 4.
    var runs = bytes(3, 0x88, 0xc6, 0xfa, 0xd8, 4, 4);
    runs.requireRuns(3, 308);
    assertThat(runs.bytes().hasRemaining()).isFalse();
    // The last run may be filled up, and its last bytes may be missing.
    assertThatCode(() -> bytes(3, 0x88, 0xc6).requireRuns(3, 5)).doesNotThrowAnyException();
    assertThatCode(() -> bytes().requireIndices(5)).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 3, 32})
  void runsLongerThanThePageAreRefused(int width) {
    // 2^31 - 8 values packed in no bytes; 2^30 repeated; a number of more than 32 bits.
    assertThatThrownBy(() -> bytes(0xff, 0xff, 0xff, 0xff, 1).requireRuns(width, 300))
        .isInstanceOf(TableFileException.class)
        .hasMessageContaining("a run of 2147483640 of 300 values");
    assertThatThrownBy(() -> bytes(0x80, 0x80, 0x80, 0x80, 8, 0).requireRuns(width, 300))
        .isInstanceOf(TableFileException.class);
    assertThatThrownBy(() -> bytes(0xff, 0xff, 0xff, 0xff, 0xff, 1).requireRuns(width, 300))
        .isInstanceOf(TableFileException.class);
  }

  @Test
  void deltasAreWalkedOver() {
    // 7, 5, 3, 1, 2, 3, 4, 5: one block of one part; and one more byte, which is not theirs.
    var deltas = bytes(8, 1, 8, 14, 3, 2, 0xc0, 0x3f, 99);
    deltas.requireDeltas(8);
    assertThat(deltas.bytes().remaining()).isEqualTo(1);
    assertThatThrownBy(() -> bytes(8, 1, 8, 14, 3, 2, 0xc0, 0x3f).requireDeltas(7))
        .hasMessageContaining("8 of 7 values, in blocks of 1 of 8");
    // A block of 2^31 values; a part that is not there; bits of a value that is longer than the
    // page.
    assertThatThrownBy(() -> bytes(0x80, 0x80, 0x80, 0x80, 8, 1, 8, 14, 3, 2).requireDeltas(8))
        .isInstanceOf(TableFileException.class);
    assertThatThrownBy(() -> bytes(8, 4, 8, 14, 3, 2).requireDeltas(8))
        .isInstanceOf(TableFileException.class);
    assertThatThrownBy(() -> bytes(8, 1, 8, 14, 3, 64, 0, 0).requireDeltas(8))
        .hasMessageContaining("64 bytes in a page that has 2 left");
  }

  @Test
  void sectionsLieInsideThePage() {
    assertThat(bytes(2, 0, 0, 0, 5, 6, 7).section().remaining()).isEqualTo(2);
    assertThatThrownBy(() -> bytes(4, 0, 0, 0, 5, 6, 7).section())
        .hasMessageContaining("4 bytes in a page that has 3 left");
    assertThatThrownBy(() -> bytes(0xff, 0xff, 0xff, 0xff).section())
        .isInstanceOf(TableFileException.class);
    assertThatThrownBy(() -> bytes(4, 0).section()).hasMessageContaining("ends early");
  }
}
