package org.openmargin.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class RangesTest {
  @Test
  void neighboursAreJoined() {
    assertThat(Ranges.of(List.of(4))).isEqualTo("4");
    assertThat(Ranges.of(List.of(0, 1, 2))).isEqualTo("0-2");
    assertThat(Ranges.of(List.of(0, 2, 3, 7, 9, 10, 11))).isEqualTo("0,2-3,7,9-11");
  }
}
