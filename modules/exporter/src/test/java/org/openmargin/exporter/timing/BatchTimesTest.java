package org.openmargin.exporter.timing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class BatchTimesTest {

  private static BatchTimes times(long... micros) {
    var times = new TreeMap<Integer, Long>();
    for (var i = 0; i < micros.length; i++) {
      times.put(1 << i, micros[i]);
    }
    return new BatchTimes(times);
  }

  @Test
  void theBatchGrowsWhileATenthIsSavedPerImage() {
    assertThat(times(1000, 1200, 2000, 3900).best())
        .as("2000 / 4 saves, 3900 / 8 does not")
        .isEqualTo(4);
    assertThat(times(1000, 2000, 100).best())
        .as("the first size that does not pay ends it")
        .isOne();
    assertThat(times(1000).best()).isOne();
    assertThat(List.of(times(1000, 1000, 1000).best())).containsExactly(4);
  }
}
