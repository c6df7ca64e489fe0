package org.openmargin.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class BatchesTest {

  @Test
  void anEpochGoesThroughItsOrderInWholeBatches() {
    var order = new EpochOrder(5, 11);
    var batches = new Batches(order, 3);
    assertThat(batches.perEpoch()).isEqualTo(3);
    for (int step = 0; step < 9; step++) {
      var epoch = order.permutation(step / 3);
      int first = step % 3 * 3;
      assertThat(batches.indices(step)).isEqualTo(Arrays.copyOfRange(epoch, first, first + 3));
    }
  }

  @Test
  void stepsMayBeAskedForInAnyOrderAndFarIntoATraining() {
    var batches = new Batches(new EpochOrder(5, 11), 3);
    var late = batches.indices(5_000_000);
    var early = batches.indices(0);
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
