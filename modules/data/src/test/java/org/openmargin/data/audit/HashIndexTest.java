package org.openmargin.data.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.openmargin.data.SplitMix;

class HashIndexTest {

  /** The oracle compares all with all; many hashes are near others, some are equal. */
  @Test
  void findsExactlyWhatComparingAllFinds() {
    var random = new SplitMix(5);
    var hashes = new long[600];
    for (var i = 0; i < hashes.length; i++) {
      hashes[i] = i % 3 == 0 ? random.nextLong() : hashes[random.nextInt(i)];
      for (var flips = random.nextInt(14); i % 3 != 0 && flips > 0; flips--) {
        hashes[i] ^= 1L << random.nextInt(64);
      }
    }
    var index = new HashIndex(hashes);
    var pairs = 0;
    for (var row = 0; row < hashes.length; row++) {
      var found = new ArrayList<Integer>();
      index.near(hashes[row], row, found::add);
      var hash = hashes[row];
      var near =
          IntStream.range(0, row)
              .filter(other -> Long.bitCount(hash ^ hashes[other]) <= HashIndex.RADIUS)
              .boxed()
              .toList();
      assertThat(found).containsExactlyInAnyOrderElementsOf(near);
      pairs += near.size();
    }
    assertThat(pairs).isGreaterThan(500);
  }
}
