package org.openmargin.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class BatchesTest {

  @Test
  void anEpochGoesThroughItsOrderInWholeBatches() {
    EpochOrder order = new EpochOrder(5, 11);
    Batches batches = new Batches(order, 3);
    assertThat(batches.perEpoch()).isEqualTo(3);
    for (int step = 0; step < 9; step++) {
      int[] epoch = order.permutation(step / 3);
      int first = step % 3 * 3;
      assertThat(batches.indices(step)).isEqualTo(Arrays.copyOfRange(epoch, first, first + 3));
    }
  }

  @Test
  void stepsMayBeAskedForInAnyOrderAndFarIntoATraining() {
    Batches batches = new Batches(new EpochOrder(5, 11), 3);
    int[] late = batches.indices(5_000_000);
    int[] early = batches.indices(0);
    assertThat(new Batches(new EpochOrder(5, 11), 3).indices(5_000_000)).isEqualTo(late);
    assertThat(batches.indices(0)).isEqualTo(early);
  }

  @Test
  void lessThanOneBatchIsRefused() {
    assertThatThrownBy(() -> new Batches(new EpochOrder(0, 2), 3))
        .isInstanceOf(DataException.class)
        .hasMessage("2 images are fewer than one batch of 3");
  }
}
